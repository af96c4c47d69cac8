const MARKED = /«([^»]*)»/g;

/** A row of a table as the mail has it, without the marks. */
export function shown(row: string): string {
  return row.replace(MARKED, '$1');
}

/** A row of a table with what stands in «» hidden. */
export function hide(row: string, placeholder: string): string {
  return row.replace(MARKED, placeholder);
}
