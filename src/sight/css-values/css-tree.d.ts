// The types of css-tree name the package alone; its parts are imported one by one to keep what its lexer needs out of
// the bundle.
declare module 'css-tree/parser' {
  export { parse as default } from 'css-tree';
}
declare module 'css-tree/tokenizer' {
  export function tokenize(source: string, onToken: (type: number, start: number, end: number) => void): void;
  type Types =
    | 'Function'
    | 'LeftCurlyBracket'
    | 'RightCurlyBracket'
    | 'LeftParenthesis'
    | 'RightParenthesis'
    | 'Semicolon';
  export const tokenTypes: Record<Types, number>;
}
declare module 'css-tree/utils' {
  export { ident } from 'css-tree';
}
