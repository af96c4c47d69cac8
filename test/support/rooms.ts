/**
 * The rooms of src/, each with the rooms that it may import: the one list from which the linter's rules are written
 * (`npm run rooms`) and against which the source is read. docs/architecture.md says what lives where.
 */
export const MAY_IMPORT = {
  'extension.ts': ['editor', 'sandbox'],
  editor: ['activity', 'accounts', 'broker', 'oauth', 'shared'],
  activity: ['accounts', 'broker', 'shared'],
  accounts: ['oauth', 'shared'],
  oauth: ['shared'],
  broker: ['shared'],
  sight: ['shared'],
  mail: ['sight', 'shared'],
  compose: ['mail', 'sight', 'shared'],
  masking: [],
  gmail: ['mail', 'compose', 'shared'],
  mailbox: ['gmail', 'mail', 'compose', 'masking', 'shared'],
  organise: ['mailbox', 'gmail', 'compose', 'broker', 'shared'],
  files: ['shared'],
  result: ['mailbox', 'mail', 'shared'],
  credentials: ['organise', 'mailbox', 'gmail', 'broker', 'oauth', 'shared'],
  server: [
    'credentials',
    'organise',
    'files',
    'result',
    'mailbox',
    'gmail',
    'mail',
    'compose',
    'masking',
    'broker',
    'oauth',
    'shared',
  ],
  sandbox: ['shared'],
  shared: [],
} as const satisfies Record<string, readonly string[]>;

export type Place = keyof typeof MAY_IMPORT;

export const PLACES = Object.keys(MAY_IMPORT) as Place[];

/** The places that are folders. */
export const ROOMS = PLACES.filter((place) => place !== 'extension.ts');

/** Packages that belong to some rooms alone, whatever path within them is imported. */
export const KEPT_PACKAGES: Record<string, readonly Place[]> = {
  vscode: ['extension.ts', 'editor'],
  googleapis: ['gmail', 'mailbox', 'server', 'sandbox'],
  'google-auth-library': ['shared'],
  '@modelcontextprotocol': ['server', 'sandbox'],
};

/** Of the broker the MCP server knows the client half only. */
export const KEPT_FROM_SERVER = 'broker/broker-server.ts';

/** How many folders deep a file may lie within its room. */
export const DEEPEST = 2;

export const isAllowed = (from: Place, to: string): boolean =>
  from === to || (MAY_IMPORT[from] as readonly string[]).includes(to);

/** How a file that lies so many folders deep in a place begins the path of another room. */
export const pathUp = (place: Place, depth: number): string =>
  place === 'extension.ts' ? './' : '../'.repeat(depth + 1);

/**
 * The rules of Biome that hold the list (https://biomejs.dev/linter/rules/no-restricted-imports/). A rule sees the path
 * as it is written, and inner rooms have the names of rooms (`sandbox/oauth`, `editor/accounts`); so there is one rule
 * for each depth, about the paths alone that lead out of the room.
 */
export function linterRules(): { overrides: object[] } {
  return { overrides: PLACES.flatMap((place) => depthsOf(place).map((depth) => rule(place, depth))) };
}

/** At which depths a place has files. */
export const depthsOf = (place: Place): number[] =>
  place === 'extension.ts' ? [0] : Array.from({ length: DEEPEST + 1 }, (_, depth) => depth);

function rule(place: Place, depth: number) {
  const up = pathUp(place, depth);
  const allowed = MAY_IMPORT[place];
  const closed = Object.keys(KEPT_PACKAGES).filter((name) => !KEPT_PACKAGES[name]?.includes(place));
  const group = [
    ...closed.flatMap((name) => [name, `${name}/**`]),
    // The last line that fits a path decides.
    `${up}**`,
    ...allowed.map((room) => `!${up}${room}/**`),
    ...(place === 'server' ? [`${up}${KEPT_FROM_SERVER}`] : []),
  ];
  const rooms = allowed.length > 0 ? `only ${allowed.join(', ')}` : 'no other room';
  const message = `${place} may import ${rooms}: see docs/architecture.md.`;
  const noRestrictedImports = { level: 'error', options: { patterns: [{ group, message }] } };
  const file = place === 'extension.ts' ? place : `${place}/${'*/'.repeat(depth)}*.ts`;
  return { includes: [`src/${file}`], linter: { rules: { style: { noRestrictedImports } } } };
}
