import { HarnessError } from '../lib/errors.ts';
import { objectIn } from '../lib/json-line.ts';
import type { WorldAnswer } from './protocol.ts';

/** What is said by a world, line by line: an answer to each question, and what it waits for. */
export class Dialogue {
  private readonly waitingFor: (what: string) => void;
  private readonly signal: AbortSignal;
  private answer: (answer: WorldAnswer) => void = () => undefined;
  private fail: (error: unknown) => void = () => undefined;
  /** Why it can't be asked any more, once it can't. */
  private gone: { error: unknown } | undefined;

  constructor(waitingFor: (what: string) => void, signal: AbortSignal) {
    this.waitingFor = waitingFor;
    this.signal = signal;
  }

  /** Its next answer; rejects with the reason when it ends before. */
  next(): Promise<WorldAnswer> {
    return new Promise((resolve, reject) => ([this.answer, this.fail] = [resolve, reject]));
  }

  /** @throws why it is gone, if it is */
  async ask(send: () => void): Promise<WorldAnswer> {
    if (this.gone) throw this.gone.error;
    const answered = this.next();
    send();
    return answered;
  }

  hear(line: string): void {
    const said = parse(line);
    if (said === undefined) return;
    if (said.type === 'waiting') this.waitingFor(said.what);
    else if (said.type === 'failed') this.end(new HarnessError(said.message, said.advice));
    else this.answer(said);
  }

  /** It says nothing more; an abort that ended it is the reason then. */
  end(error: HarnessError): void {
    this.gone ??= { error: this.signal.aborted ? (this.signal.reason as unknown) : error };
    this.fail(this.gone.error);
  }
}

function parse(line: string): WorldAnswer | undefined {
  return objectIn(line) as WorldAnswer | undefined;
}
