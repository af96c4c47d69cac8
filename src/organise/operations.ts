/** What can be done with labels. */
export const LABEL_OPERATIONS = ['create', 'rename', 'recolour', 'hide', 'show', 'delete'] as const;

/** What can be done with filters. */
export const FILTER_OPERATIONS = ['list', 'create', 'delete'] as const;
