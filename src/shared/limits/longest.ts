/** The longest name of a label that Gmail takes, in characters. */
export const LONGEST_LABEL = 225;

/** The longest address of a mailbox (RFC 5321, section 4.5.3.1), in characters. */
export const LONGEST_ADDRESS = 320;
