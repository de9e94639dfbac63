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
  const tty = stream.isTTY === true;
  let current: ProgressUpdate | undefined;
  let heading = '';
  let updatedAt = 0;
  let drawn = '';
  let silent = quiet;
  let timer: NodeJS.Timeout | undefined;

  const write = (text: string): void => {
    if (silent) return;
    try {
      stream.write(text);
    } catch {
      silent = true;
    }
  };
  const state = (): string => {
    if (!current) return heading;
    // Between two updates the clock goes on.
    const leftMs = Math.max(0, current.totalMs - current.doneMs - (Date.now() - updatedAt));
    const left =
      current.totalMs > 0
        ? `, ${leftMs > 0 ? `${Math.ceil(leftMs / 1000)} s left` : 'any moment now'}`
        : '';
    return `${heading}${left}${current.waitingFor === '' ? '' : `: ${current.waitingFor}`}`;
  };
  const draw = (): void => {
    const text = fit(state(), (stream.columns ?? 80) - 1);
    if (text !== drawn) write(`${CLEAR}${text}`);
    drawn = text;
  };
  const start = (): void => {
    // Unreferenced: the progress never keeps the harness alive.
    timer ??= setInterval(
      tty ? draw : () => write(`${oneLine(state())}\n`),
      tty ? REDRAW_MS : HEARTBEAT_MS,
    ).unref();
  };
  const enter = (text: string): void => {
    heading = text;
    current = undefined;
    if (silent) return;
    start();
    if (!tty) write(`${oneLine(text)}\n`);
  };

  if (!quiet && !guarded.has(stream)) {
    guarded.add(stream);
    // Without a listener an EPIPE would end the harness in the middle of a run.
    stream.on('error', () => undefined);
  }
  return {
    phase: enter,
    update: (update) => {
      // An update's own word for its phase counts only when nobody gave the phase a heading.
      if (heading === '' || (current && current.phase !== update.phase)) enter(update.phase);
      current = update;
      updatedAt = Date.now();
    },
    line: (text) => {
      write(tty && drawn !== '' ? `${CLEAR}${text}\n` : `${text}\n`);
      drawn = '';
    },
    stop: () => {
      clearInterval(timer);
      if (tty && drawn !== '') write(CLEAR);
      silent = true;
    },
  };
}

function oneLine(text: string): string {
  return text.replace(/\s+/g, ' ').trim();
}

/** One line, cut to the terminal's width: a line that wraps can't be rewritten in place. */
function fit(text: string, width: number): string {
  const letters = [...oneLine(text)];
  return letters.length <= width
    ? letters.join('')
    : `${letters.slice(0, Math.max(0, width - 1)).join('')}…`;
}
