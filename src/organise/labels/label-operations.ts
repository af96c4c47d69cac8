/** What can be done with labels. It stands by itself, since a list of tools needs no more of this room. */
export const LABEL_OPERATIONS = ['create', 'rename', 'recolour', 'hide', 'show', 'delete'] as const;
