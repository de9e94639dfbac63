/** A question that got no answer: why, and what to do about it where that is known. */
export class Unanswered extends Error {
  readonly mend: string | undefined;
  /** What the program refused with; undefined where it said nothing. */
  readonly refusal: Refusal | undefined;

  constructor(why: string, mend?: string, options: ErrorOptions & { refusal?: Refusal } = {}) {
    super(why, options);
    this.mend = mend;
    this.refusal = options.refusal;
  }
}

/** A refusal: HTTP's status, and Prometheus's own word for what went wrong. */
export interface Refusal {
  status: number;
  errorType?: string;
}
