/** What one repetition of the search found. */
export interface SaturationOfRepetition {
  repetition: number;
  /** The highest load that held; 0 when none did. */
  holds: number;
  /** The lowest that broke, twice; null when none did. */
  breaks: number | null;
  /** What kept the search from going further: the dimension's own maximum, or the generator. */
  limitedBy: 'max' | 'generator' | null;
  /** A higher load held although a lower one broke, twice. */
  notMonotonic: boolean;
}

/** The highest load that holds. */
export type SaturationPoint =
  /**
   * Median of the repetitions, and how far they lie apart (largest less smallest, as a share of the
   * median).
   */
  | { kind: 'found'; load: number; spread: number; repetitions: SaturationOfRepetition[] }
  /** It holds up to here, and nobody could look further. */
  | {
      kind: 'at least';
      load: number;
      spread: number;
      limitedBy: 'max' | 'generator';
      repetitions: SaturationOfRepetition[];
    }
  | { kind: 'inconclusive'; reason: string; repetitions: SaturationOfRepetition[] };

/** What can give out. */
export const RESOURCES = [
  'CPU',
  'memory',
  'event loop',
  'file handles',
  'scrape duration',
  'rule evaluation',
  'ingestion',
  'query time',
  'generator',
  'unknown',
] as const;
export type Resource = (typeof RESOURCES)[number];

/** The resource that gave out first. */
export interface Culprit {
  resource: Resource;
  /** Whose: a process, or `the machine`. */
  of: string;
  /** The load at which it was at its limit. */
  load: number;
  /** What was measured there, and what it can be at most. */
  figure: string;
  value: number;
  limit: number;
  /** All of it in a sentence. */
  text: string;
}
