/** What stays out of a model's reach, whatever it asks for. */
export interface Privacy {
  /** A search in Gmail's language; the messages that it finds are as if they were not there. Blank: none. */
  hiddenQuery: string;
  /** Whether one-time codes and links that sign in or reset a password show; they are masked otherwise. */
  showsCodes: boolean;
}
