/** What mail programs put before the subject of an answer, in the languages that they speak. */
const REPLY =
  /^\s*(?:\[[^\]]{0,60}\]\s*)?(?:re|aw|sv|vs|antw|antwort|odp|odg|res|resp|rif|r|ynt|yan|cevap|bls|atb|blå|vá|vl|vast|απ|σχετ|απάντηση|на|отв|ответ|відп|回复|回覆|答复|答覆|返信|답장|회신|השב|תשובה|رد|پاسخ|ตอบ|ตอบกลับ|trả lời|balas)(?:\s?\[\d{1,3}\]|\s?\(\d{1,3}\)|\^\d{1,3}|\d{1,3})?\s?[:：]/i;

const FORWARD =
  /^\s*(?:\[[^\]]{0,60}\]\s*)?(?:fwd?|wg|tr|rv|enc|i|vs|vb|doorst|pd|fs|转发|轉寄|转|전달|пересл|yön|ilt)\s?[:：]/i;

/** Whether the subject says that the mail forwards another (`Fwd:`, and in other languages). */
export function isForwardSubject(subject: string): boolean {
  return FORWARD.test(subject);
}

/** Whether the subject says that the mail answers another (`Re:`, and in other languages). */
export function isReplySubject(subject: string): boolean {
  return REPLY.test(subject);
}

/** Whether two subjects are the same but for what says that one answers the other. */
export function isSameTopic(subject: string, other: string): boolean {
  return withoutReply(subject) === withoutReply(other);
}

/** Answers to answers repeat it, some programs without end. */
const MOST_REPLIES = 20;

function withoutReply(subject: string): string {
  let bare = subject;
  for (let times = 0; times < MOST_REPLIES && REPLY.test(bare); times += 1) bare = bare.replace(REPLY, '');
  return bare.trim();
}
