import { type Sandbox, startSandbox } from '../../../src/sandbox/start.ts';
import { environmentMode, type ServerUnderTest, startServer } from '../../support/mcp-server.ts';
import { accountOf, brokerFolder, Opened, openWindow } from '../../support/window.ts';

/** A sandbox with servers of its own, each of which a person can be asked through, and what was asked. */
export interface Desk {
  sandbox: Sandbox;
  questions: string[];
  /** What the person says from now on. */
  answers: boolean;
  /** Has a question answered only after this. */
  meanwhile: () => Promise<void> | void;
  start(env?: Record<string, string>): Promise<ServerUnderTest>;
  /** A server that nobody can be asked through. */
  startAlone(env?: Record<string, string>): Promise<ServerUnderTest>;
  /** A server of a window in which the person agrees to nothing. */
  startInWindow(): Promise<ServerUnderTest>;
  close(): Promise<void>;
}

/** @param refreshToken makes another sign-in of the sandbox's account than the usual one */
export async function openDesk(refreshToken?: (sandbox: Sandbox) => string): Promise<Desk> {
  const sandbox = await startSandbox();
  const opened = new Opened();
  const mode = {
    ...environmentMode(sandbox),
    TZ: 'Etc/UTC',
    ...(refreshToken ? { GMAIL_REFRESH_TOKEN: refreshToken(sandbox) } : {}),
  };
  const desk: Desk = {
    sandbox,
    questions: [],
    answers: true,
    meanwhile: () => undefined,
    start: async (env = {}) => {
      const onQuestion = async (question: string) => {
        desk.questions.push(question);
        await desk.meanwhile();
        return { action: 'accept' as const, content: { change: desk.answers } };
      };
      return opened.add(await startServer({ ...mode, ...env }, { onQuestion }));
    },
    startAlone: async (env = {}) => opened.add(await startServer({ ...mode, ...env })),
    startInWindow: async () => {
      const folder = brokerFolder();
      const window = opened.add(await openWindow(folder));
      const refresh = mode.GMAIL_REFRESH_TOKEN ?? '';
      const { scopes } = sandbox.grants.refresh(sandbox.client, refresh);
      await window.store.saveTemporarily({ ...accountOf(sandbox), refreshToken: refresh, scopes: [...scopes] });
      return opened.add(await startServer({ HEADLESS_GMAIL_BROKER: folder }));
    },
    close: async () => {
      await opened.close();
      await sandbox.close();
    },
  };
  return desk;
}
