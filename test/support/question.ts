import type { SendQuestion } from '../../src/broker/send-question.ts';

/** A question before a send; what is absent gets a usual value. */
export function questionOf(changes: Partial<SendQuestion> = {}): SendQuestion {
  const text = [{ title: '', text: 'line one\nline two 👩‍👩‍👧' }];
  return {
    kind: 'send',
    to: [{ shown: 'Zoë <zoe@example.org>', address: 'zoe@example.org' }],
    cc: [],
    bcc: [],
    subject: 'Grüße',
    holdsCodes: false,
    notes: [],
    files: [],
    parts: text,
    exact: text,
    asksAlways: false,
    ...changes,
  };
}
