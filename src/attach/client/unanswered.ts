/** A question that got no answer: why, and what to do about it where that is known. */
export class Unanswered extends Error {
  readonly mend: string | undefined;

  constructor(why: string, mend?: string, options?: ErrorOptions) {
    super(why, options);
    this.mend = mend;
  }
}
