/** Why a request that is no call of a tool fails, as JSON-RPC and MCP number it. */
const CODES = {
  /** MCP, "Resources", error handling: resource not found. */
  'not found': -32002,
  /** JSON-RPC 2.0, section 5.1: invalid params. */
  invalid: -32602,
  /** JSON-RPC 2.0, section 5.1: internal error. */
  failed: -32603,
} as const;

/** An error that a client gets as a JSON-RPC error: its code and its message go out as they are. */
export class Refusal extends Error {
  override readonly name = 'Refusal';
  readonly code: number;

  constructor(kind: keyof typeof CODES, message: string) {
    super(message);
    this.code = CODES[kind];
  }
}
