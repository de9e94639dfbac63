/** What `init` made of a stack's contract. */
export interface KeptContract {
  /** Relative to the stack's folder. */
  file: string;
  text: string;
  /** What it lacked, by the way to it: `alerts.SiteDown`. */
  added: string[];
  isWritten: boolean;
  /** It says what runs behind targets: people write it, and what it lacks is told alone. */
  byHand: boolean;
}
