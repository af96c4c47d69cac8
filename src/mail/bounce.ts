import { cleanLine } from '../shared/invisible.ts';
import { isOriginalDivider } from './quotes/dividers.ts';

/** A mail that may report a failure in words alone. Headers are decoded. */
export interface Bounce {
  from: string;
  to: string;
  subject: string;
  /** The header X-Failed-Recipients, which Exim and Google set. */
  failedRecipients: string;
  /** Whether it came without an address to answer to (`Return-Path: <>`), as reports do (RFC 5321, section 4.5.5). */
  hasNullSender: boolean;
  /** The lines of the text. */
  lines: readonly string[];
}

const MOST_RECIPIENTS = 20;

/** How far into a text a report goes, in lines; and how far below an address its reason stands. */
export const MOST_REPORT_LINES = 200;
const REASON_WITHIN = 14;

const LONGEST_REASON = 200;

/** Who sends reports: the address, or the name that mail servers give themselves. */
const SENDER =
  /(?:mailer-?daemon|mail-?daemon|postmaster|mdaemon|mailerdaemon|microsoftexchange[\da-f]{20,}|no-?reply-?bounce|bounces?)@|^"?(?:mail delivery (?:system|subsystem|service)|mail administrator|system administrator|microsoft outlook|postmaster|delivery subsystem)\b|mailer-daemon/i;

/** Words that a report of a failure has in its subject or its text, in the languages of mail servers. */
const FAILURE =
  /undeliver|not (?:be |been )?delivered|(?:could|can) ?not be (?:delivered|reached)|couldn.t be delivered|wasn.t (?:delivered|able to deliver)|not able to deliver|unable to (?:deliver|send)|delivery (?:has )?fail|delivery status|failure notice|returned (?:mail|to sender)|mail delivery|address not found|permanent(?: fatal)? error|cannot be (?:delivered|reached)|not reach|rejected|unzustellbar|nicht zugestellt|zustellung|non (?:remis|distribu|délivr)|échec|no se (?:pudo|ha podido) entregar|no entregad|mancat[oa] (?:consegna|recapito)|non recapitabil|niet (?:bezorgd|afgeleverd)|não (?:foi )?(?:entregue|pôde)|kunde inte levereras|kunne ikke leveres|ei voitu toimittaa|nie (?:dostarczono|można dostarczyć)|nedoruč|не (?:доставлен|удалось доставить)|teslim edilemedi|無法(?:傳遞|送達)|无法(?:传递|送达|投递)|退信|配信(?:不能|できません)|전달(?:되지|하지 못)/i;

/** Words of a report that the server goes on trying. */
const DELAY =
  /delay(?:ed)?\b|will be (?:re)?tried|(?:still|keep) (?:being )?(?:re)?try|warning message only|not yet been delivered|do not need to resend|verzöger|wird weiter versucht|retard|ritardo|retraso|vertraag|fördröj|forsink|opóźni|задерж|遅延|延迟/i;

/** Below such a line stands the mail that came back. */
const COPY =
  /^(?:[->*_=\s]{0,40}(?:this is a copy of|a copy of (?:the|your) (?:original )?message|below this line is a copy|original message (?:headers|follows)|the (?:original|returned) message|message header|unsent message|returned message|transcript of session|included is a copy|return-path:))/i;

const ADDRESS = /[^\s<>()[\]"',;:@]{1,64}@[^\s<>()[\]"',;:@]{1,255}/g;

/** An SMTP reply (RFC 5321, section 4.2) or an enhanced status (RFC 3463), and what is said behind it. */
const REPLY =
  /(?:^|[\s"'(:;#<])([245]\d\d(?:[ -]#?[245]\.\d{1,3}\.\d{1,3})?|[245]\.\d{1,3}\.\d{1,3})(?=[\s:;,\-'"]|$)[\s:;,-]*(.*)$/;

/** A line that gives the reason in words. */
const LABELLED = /^(?:reason|error|the error was|grund|motif|motivo|raison|причина|原因|理由)\s*[:：]\s*(.+)$/i;

/**
 * What a report of a failure says that has no part for machines: `Not delivered to ADDRESS: REASON`, a line for each
 * recipient. The forms are those of Exim, qmail, Postfix, sendmail, Exchange, Domino, Oracle and Google.
 */
export function readBounce(bounce: Bounce): string[] {
  const lines = reportLines(bounce.lines);
  const text = lines.join('\n');
  const isReport =
    (SENDER.test(bounce.from) && (FAILURE.test(bounce.subject) || FAILURE.test(text))) ||
    (bounce.hasNullSender && FAILURE.test(bounce.subject));
  if (!bounce.failedRecipients && !isReport) return [];
  const named = addressesIn(bounce.failedRecipients);
  const found =
    named.length > 0 ? named.map((address) => [address, placeOf(address, lines)] as const) : placesIn(lines, bounce);
  const anyReason = reasonFrom(lines, 0, lines.length);
  const recipients = new Set(found.map(([address]) => address.toLowerCase()));
  const isDelay = DELAY.test(bounce.subject) || (DELAY.test(text) && !/\b5(?:\d\d|\.\d+\.\d+)\b/.test(text));
  const outcome = isDelay ? 'Delayed: ' : 'Not delivered to ';
  const told = found.slice(0, MOST_RECIPIENTS).map(([address, place]) => {
    const reason =
      (place >= 0 && reasonBelow(lines, place, address, recipients)) || (found.length === 1 ? anyReason : '');
    return `${outcome}${address}${reason && `: ${reason}`}`;
  });
  if (found.length > MOST_RECIPIENTS) told.push(`… and ${found.length - MOST_RECIPIENTS} more recipients`);
  if (told.length === 0 && anyReason) return [`Not delivered: ${anyReason}`];
  return told;
}

/** The lines of the report itself, each without blanks around it; those of the mail that came back are left out. */
function reportLines(lines: readonly string[]): string[] {
  const trimmed = lines.slice(0, MOST_REPORT_LINES).map((line) => line.slice(0, 1_000).trim());
  const copy = trimmed.findIndex((line, index) => index > 0 && (COPY.test(line) || isOriginalDivider(line)));
  const isTranscript = copy !== -1 && /transcript/i.test(trimmed[copy] ?? '');
  return copy === -1 || isTranscript ? trimmed : trimmed.slice(0, copy);
}

function addressesIn(text: string): string[] {
  return [...new Set(text.match(ADDRESS) ?? [])].map(cleanLine);
}

function placeOf(address: string, lines: readonly string[]): number {
  const wanted = address.toLowerCase();
  return lines.findIndex((line) => line.toLowerCase().includes(wanted));
}

/** The recipients that the report names, and where. */
function placesIn(lines: readonly string[], { to }: Bounce): [string, number][] {
  const sender = new Set(addressesIn(to).map((address) => address.toLowerCase()));
  const found = new Map<string, [string, number]>();
  for (const strict of [true, false]) {
    for (const [index, line] of lines.entries()) {
      if (!(strict ? standsAlone(line) : /(?:deliver|reach|to|an|à|a|recipient|empfänger|адрес)\b/i.test(line)))
        continue;
      for (const address of addressesIn(strict ? (line.match(ADDRESS)?.[0] ?? '') : line)) {
        const key = address.toLowerCase();
        const isOther = !sender.has(key) && !/^(?:postmaster|mailer-daemon|abuse|support|helpdesk)@/i.test(key);
        if (isOther && !found.has(key)) found.set(key, [address.replace(/[.]+$/, ''), index]);
      }
    }
    if (found.size > 0) break;
  }
  return [...found.values()];
}

/** Whether an address is all that a line is about, or it begins it. */
function standsAlone(line: string): boolean {
  const bare = line.replace(/^(?:\*\s|-\s)/, '');
  if (
    /^[<"'([]?[^\s<>"'()[\]@]{1,64}@[^\s<>"'()[\],;:@]{1,255}[>"')\]]?(?:\s?\(.{0,200}\))?(?:\s?<mailto:[^>]{0,320}>)?\s?(?:[:：].*|\son\s.*|\.{3}.*)?$/.test(
      bare,
    )
  )
    return true;
  if (/^(?:final |original )?(?:recipient(?: address)?|empfänger|destinataire|destinatario|to)\s?:/i.test(bare))
    return true;
  return (
    /^\P{Nd}{1,80}[<(][^\s<>()@]{1,64}@[^\s<>()@]{1,255}[>)](?:\s?<mailto:[^>]{0,320}>)?[:：]?$/u.test(bare) &&
    !/\b(?:from|by|von|de)\b/i.test(bare)
  );
}

/** Why a recipient was not reached: what a server replied, else the words that stand behind or below the address. */
function reasonBelow(
  lines: readonly string[],
  place: number,
  address: string,
  recipients: ReadonlySet<string>,
): string {
  const others = new Set([...recipients].filter((each) => each !== address.toLowerCase()));
  const end = endOfReason(lines, place, others);
  return reasonFrom(lines, place, end) || wordsBelow(lines, place, end, address);
}

/** Where the next recipient begins, or a reason would be too far away. */
function endOfReason(lines: readonly string[], place: number, others: ReadonlySet<string>): number {
  const most = Math.min(lines.length, place + REASON_WITHIN);
  if (others.size === 0) return most;
  const isOther = (line: string) =>
    standsAlone(line) && addressesIn(line).some((each) => others.has(each.toLowerCase()));
  const next = lines.slice(place + 1, most).findIndex(isOther);
  return next === -1 ? most : place + 1 + next;
}

/** The first reply of a server among these lines, else a reason that is named so. */
function reasonFrom(lines: readonly string[], from: number, to: number): string {
  for (let at = from; at < to; at++) {
    const reply = REPLY.exec(lines[at] ?? '');
    if (!reply || reply[1]?.startsWith('2')) continue;
    return shortened([`${reply[1]} ${reply[2]}`, ...goingOn(lines, at + 1, to)].join(' '));
  }
  return shortened(
    lines
      .slice(from, to)
      .map((line) => LABELLED.exec(line)?.[1] ?? '')
      .find(Boolean) ?? '',
  );
}

/** The lines that a reply was wrapped over. */
function goingOn(lines: readonly string[], from: number, to: number): string[] {
  const more: string[] = [];
  for (let at = from; at < Math.min(to, from + 2) && lines[at]; at++) {
    if (REPLY.test(lines[at] ?? '') || /^(?:giving up|--|>>>|<<<|remote|reporting|generating)/i.test(lines[at] ?? ''))
      break;
    more.push(lines[at] ?? '');
  }
  return more;
}

function wordsBelow(lines: readonly string[], place: number, to: number, address: string): string {
  const line = lines[place] ?? '';
  const behind = line.slice(line.indexOf(address) + address.length).replace(/^[>"')\]]*\s*[:：]\s*/, '');
  if (standsAlone(line) && /^\p{L}{2}/u.test(behind))
    return shortened([behind, ...goingOn(lines, place + 1, to)].join(' '));
  const below = lines.slice(place + 1, to).find((each) => each !== '' && !/^\(|[:：]$/.test(each));
  return standsAlone(line) && below && /\p{L}/u.test(below) ? shortened(below) : '';
}

function shortened(reason: string): string {
  const clean = cleanLine(reason)
    .replace(/\s*\(in reply to .*$/i, '')
    .replace(/['">]+$/, '');
  const whole = clean.endsWith(')') && !clean.includes('(') ? clean.slice(0, -1) : clean;
  return whole.length > LONGEST_REASON ? `${whole.slice(0, LONGEST_REASON).trimEnd()}…` : whole;
}
