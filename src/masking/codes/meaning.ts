/** What a word has to do with codes and links, as bits; a word may have several. */
export const MEANING = {
  /** A code: `code`, `kod`, `код`. */
  code: 1,
  /** A one-time code, by itself: `OTP`, `passcode`. */
  self: 2,
  /** A password. */
  key: 4,
  /** One-time, temporary. */
  once: 8,
  /** What a code does that lets somebody in: verification, security, sign in, backup. */
  lets: 16,
  /** Asks for something to be typed: enter, use, the following. */
  asks: 32,
  /** The name of another number or code: order, invoice, telephone, postal. */
  other: 64,
  /** Has to do with discounts. */
  offer: 128,
  /** What is done to a password: reset, new, forgot. */
  renew: 256,
  /** What a link confirms or opens: account, address, device. */
  mine: 512,
  /** Accepts an invitation, or owns up to a sign-in: `Yes, it was me`. */
  join: 1024,
  /** Signs in. */
  login: 2048,
  /** What a label in front of a link says of an account or a password, alone: `Reset`, `Activate`. */
  bare: 4096,
  /** A link beside what a mail is for: help, privacy, a story. */
  aside: 8192,
  /** Begins the title of something to read: how, why. */
  about: 16384,
} as const;
