/** What can be done with filters. It stands by itself, since a list of tools needs no more of this room. */
export const FILTER_OPERATIONS = ['list', 'create', 'delete'] as const;
