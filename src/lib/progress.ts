import { withoutOrders } from './terminal-safe.ts';
import { timeLeft } from './time-left.ts';
import type { Elapsed } from './time-left.ts';

/** The part of a terminal's stream that the progress needs. */
export interface ProgressStream {
  write: (text: string) => unknown;
  on: (event: 'error', listener: (error: Error) => void) => unknown;
  isTTY?: boolean;
  columns?: number;
}

export interface ProgressUpdate {
  phase: string;
  doneMs: number;
  totalMs: number;
  /** What is awaited, as a person would say it. */
  waitingFor: string;
  /** After so much more waiting it is given up, ms; undefined: there is no deadline. */
  withinMs?: number | undefined;
}

export interface Progress {
  /** A new phase has begun. */
  phase: (text: string) => void;
  /** How far the present phase is. */
  update: (update: ProgressUpdate) => void;
  /** A line that stays. */
  line: (text: string) => void;
  /** Ends the progress and clears its line; calling it again does nothing. */
  stop: () => void;
}

const REDRAW_MS = 100;
const HEARTBEAT_MS = 10_000;
const CLEAR = '\r\u001b[2K';

/**
 * Streams that already have a listener: one is enough, and it must outlive the progress, for EPIPE
 * arrives late.
 */
const guarded = new WeakSet<object>();

/**
 * Tells how a run goes. On a terminal one line is rewritten in place, at most ten times a second;
 * elsewhere (a pipeline's log) each new phase is a line, and every ten seconds one more. A closed
 * pipe silences it, it never throws.
 */
export function createProgress(options: { stream: ProgressStream; quiet: boolean }): Progress {
  const { stream, quiet } = options;
  if (!quiet && !guarded.has(stream)) {
    guarded.add(stream);
    // Without a listener an EPIPE would end the harness in the middle of a run.
    stream.on('error', () => undefined);
  }
  const teller = new Teller(stream, quiet);
  // Whoever is told of a progress may hold only one of its functions.
  return {
    phase: (text) => teller.phase(text),
    update: (update) => teller.update(update),
    line: (text) => teller.line(text),
    stop: () => teller.stop(),
  };
}

class Teller implements Progress {
  private readonly stream: ProgressStream;
  private readonly isTerminal: boolean;
  private current: ProgressUpdate | undefined;
  private heading = '';
  private updatedAt = 0;
  /** By the clock that nobody sets, as all times here, ms. */
  private beganAt = 0;
  /** The text of the line that is rewritten, as it stands. */
  private drawn = '';
  private isSilent: boolean;
  private timer: NodeJS.Timeout | undefined;

  constructor(stream: ProgressStream, isSilent: boolean) {
    this.stream = stream;
    this.isTerminal = stream.isTTY === true;
    this.isSilent = isSilent;
  }

  phase(text: string): void {
    this.heading = text;
    this.beganAt = performance.now();
    this.current = undefined;
    if (this.isSilent) return;
    // Unreferenced: the progress never keeps the harness alive.
    this.timer ??= setInterval(
      () => (this.isTerminal ? this.draw() : this.write(`${oneLine(this.state())}\n`)),
      this.isTerminal ? REDRAW_MS : HEARTBEAT_MS,
    ).unref();
    if (!this.isTerminal) this.write(`${oneLine(text)}\n`);
  }

  update(update: ProgressUpdate): void {
    // An update's own word for its phase counts only when nobody gave the phase a heading.
    if (this.heading === '' || (this.current && this.current.phase !== update.phase))
      this.phase(update.phase);
    this.current = update;
    this.updatedAt = performance.now();
  }

  line(text: string): void {
    const plain = withoutOrders(text);
    this.write(this.isTerminal && this.drawn !== '' ? `${CLEAR}${plain}\n` : `${plain}\n`);
    this.drawn = '';
  }

  stop(): void {
    clearInterval(this.timer);
    if (this.isTerminal && this.drawn !== '') this.write(CLEAR);
    this.isSilent = true;
  }

  private write(text: string): void {
    if (this.isSilent) return;
    try {
      this.stream.write(text);
    } catch {
      this.isSilent = true;
    }
  }

  private draw(): void {
    const text = fit(this.state(), (this.stream.columns ?? 80) - 1);
    if (text !== this.drawn) this.write(`${CLEAR}${text}`);
    this.drawn = text;
  }

  /** Between two updates the clock goes on; without any, since the phase began. */
  private elapsed(): Elapsed {
    if (!this.current || this.current.totalMs <= 0)
      return { doneMs: performance.now() - this.beganAt, totalMs: 0 };
    const sinceMs = performance.now() - this.updatedAt;
    const { doneMs, totalMs, withinMs } = this.current;
    return {
      doneMs: doneMs + sinceMs,
      totalMs,
      withinMs: withinMs === undefined ? undefined : withinMs - sinceMs,
    };
  }

  private state(): string {
    const { waitingFor = '' } = this.current ?? {};
    const left = timeLeft(this.elapsed());
    const time = left === '' ? '' : `, ${left}`;
    return `${this.heading}${time}${waitingFor === '' ? '' : `: ${waitingFor}`}`;
  }
}

function oneLine(text: string): string {
  return withoutOrders(text.replace(/\s+/g, ' ').trim());
}

/** One line, cut to the terminal's width: a line that wraps can't be rewritten in place. */
function fit(text: string, width: number): string {
  const letters = [...oneLine(text)];
  return letters.length <= width
    ? letters.join('')
    : `${letters.slice(0, Math.max(0, width - 1)).join('')}…`;
}
