import type { SourceRef } from './source.ts';

/** What a contract says of an alert, as far as it says anything. Durations are real-time ms. */
export interface AlertPromise {
  name: string;
  /** Its rule's expression. */
  expr?: string;
  severity?: string;
  forMs?: number;
  keepFiringForMs?: number;
  everyMs?: number;
  /** Receivers that must be told, by their names in alertmanager.yml. */
  receivers?: string[];
  /** Regular expressions that the notification must match. */
  says: string[];
  source: SourceRef;
}

/** A job behind which something real is asked for. */
export interface AskedTechnology {
  job: string;
  /** Its name in the registry: `redis`. */
  technology: string;
  source: SourceRef;
}

/**
 * A contract that speaks of some of a stack's alerts, and of nothing that runs behind its targets.
 */
export interface PartialContract {
  file: string;
  alerts: AlertPromise[];
  technologies: AskedTechnology[];
  /** What else it promises, by its keys: nothing that synthetic targets could show. */
  others: string[];
}
