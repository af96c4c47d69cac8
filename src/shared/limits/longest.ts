/** The longest name of a label that Gmail takes, in characters. */
export const LONGEST_LABEL = 225;

/** Where text stops being shown in one result, in Unicode code points: the original contract's measure. */
export const CHUNK_LENGTH = 1000;

/** The longest address of a mailbox (RFC 5321, section 4.5.3.1), in characters. */
export const LONGEST_ADDRESS = 320;
