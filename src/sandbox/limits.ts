/** The largest message that Gmail takes, in bytes of MIME, and only at its upload addresses. */
export const LARGEST_MESSAGE = 36_700_160;
