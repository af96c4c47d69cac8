import type { Redactor } from './redact.ts';

/** From the quietest to the most talkative. */
export const LOG_LEVELS = ['error', 'warn', 'info', 'debug'] as const;
export type LogLevel = (typeof LOG_LEVELS)[number];

export interface Logger {
  error(message: string): void;
  warn(message: string): void;
  info(message: string): void;
  debug(message: string): void;
}

/**
 * A logger that hides secrets in every line before it reaches the sink. It takes text only: an error object of an HTTP
 * library carries the request body, and with it the refresh token.
 *
 * @param sink where a finished line goes
 * @param level the most talkative level that is still written
 */
export function createLogger(
  sink: (level: LogLevel, line: string) => void,
  redactor: Redactor,
  level: LogLevel = 'info',
): Logger {
  const write = (at: LogLevel) => (message: string) => {
    if (LOG_LEVELS.indexOf(at) <= LOG_LEVELS.indexOf(level)) sink(at, redactor.redact(message));
  };
  return { error: write('error'), warn: write('warn'), info: write('info'), debug: write('debug') };
}
