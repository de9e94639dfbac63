/** What the scenario of a capacity step does: a file that the harness writes and k6 reads. */
export interface CapacityLoad {
  /** What each iteration sends: `requests`, `get`, or the events of a technology's dimension. */
  kind: string;
  /** Iterations a second, whatever the answers take: the open model. */
  rate: number;
  warmUpMs: number;
  measuredMs: number;
  /** As many as can wait for an answer at once. */
  virtualUsers: number;
  timeoutMs: number;
  /** Base URL of each part (service) in turn; for `get` the whole URL. */
  urls: Record<string, string>;
  /**
   * What some of the requests of a part have to provoke, as steps of a share over the time since
   * the load began; nothing by default.
   */
  provoke?: {
    part: string;
    what: 'errors' | 'slow';
    slowMs: number;
    steps: { atMs: number; level: number }[];
  }[];
}

/**
 * What k6 counted of one part of a step (of a service), of the requests that began in the measured
 * part.
 */
export interface CapacityPart {
  /** Sent, and of these answered with 5xx, and not answered at all. */
  sent: number;
  errors: number;
  unanswered: number;
  /** Of the unanswered: nobody listened. */
  refused: number;
  /** Answers that came within the measured part, whenever they were asked for. */
  answeredWithin: number;
  /** ms. From the intended start, and from the real one. */
  fromIntended: Quantiles;
  fromSent: Quantiles;
}

/** ms; absent when nothing was measured. */
export type Quantiles = Partial<Record<'0.5' | '0.95' | '0.99' | '0.999', number>>;

/** k6's account of one step. */
export interface CapacityAccount {
  /** Of the whole step. */
  iterations: number;
  dropped: number;
  all: CapacityPart;
  parts: Record<string, CapacityPart>;
}
