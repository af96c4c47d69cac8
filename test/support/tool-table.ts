import { TOOLS } from '../../src/server/tools/index.ts';

/** The lines between which README.md holds the table. */
export const BEGIN = '<!-- tools: written by `npm run readme` -->';
export const END = '<!-- end of tools -->';

/** The table of tools as README.md shows it, from the definitions that models get. */
export function toolTable(): string {
  const rows = TOOLS.map(({ name, description, input, annotations }) => {
    const args = Object.entries(input.shape).map(([argument, field]) =>
      field.isOptional() ? `${argument}?` : argument,
    );
    const [first = ''] = description.split(/(?<=\.) (?=[A-Z“])/);
    const does = `${first.replaceAll('|', '\\|')}${annotations.readOnlyHint ? '' : ' _Not read-only._'}`;
    return `| \`${name}\` | ${args.map((argument) => `\`${argument}\``).join(', ') || 'none'} | ${does} |`;
  });
  return [BEGIN, '', '| tool | arguments | what it does |', '| --- | --- | --- |', ...rows, '', END].join('\n');
}

/** README.md with the table in its place. */
export function withToolTable(readme: string): string {
  const [before = '', rest = ''] = readme.split(BEGIN);
  const [, after = ''] = rest.split(END);
  return `${before}${toolTable()}${after}`;
}
