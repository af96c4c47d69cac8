import { registerHooks } from 'node:module';

/** Puts these exports in place of VS Code's. What uses them is imported afterwards, with `await import`. */
export function standInForVscode(parts: Record<string, unknown>): void {
  Object.assign(globalThis, { vscodeStandIn: parts });
  const source = `export const { ${Object.keys(parts).join(', ')} } = globalThis.vscodeStandIn;`;
  const url = `data:text/javascript,${encodeURIComponent(source)}`;
  registerHooks({
    resolve: (specifier, context, next) =>
      specifier === 'vscode' ? { url, shortCircuit: true } : next(specifier, context),
  });
}
