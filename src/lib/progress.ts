/** How progress is shown: one line that is rewritten on a terminal, plain lines elsewhere. */
export interface Progress {
  /** A new phase begins. */
  phase: (text: string) => void;
  /** Where the phase is, in ms, and what is being waited for. */
  update: (state: { phase: string; doneMs: number; totalMs: number; waitingFor: string }) => void;
  line: (text: string) => void;
  stop: () => void;
}

const REDRAW_MS = 100;
const HEARTBEAT_MS = 10_000;

/** A progress printer on a stream (usually standard error). Never throws when the reader has gone. */
export function createProgress(options: { stream: NodeJS.WriteStream; quiet: boolean }): Progress {
  const { stream, quiet } = options;
  const live = stream.isTTY;
  let drawnAt = 0;
  let drawn = false;
  stream.on('error', () => undefined);
  const clear = (): void => {
    if (drawn) stream.write('\r\u001b[K');
    drawn = false;
  };
  const line = (text: string): void => {
    if (quiet) return;
    clear();
    stream.write(`${text}\n`);
  };
  return {
    line,
    phase: (text) => {
      drawnAt = Date.now();
      line(text);
    },
    update: ({ phase, doneMs, totalMs, waitingFor }) => {
      const now = Date.now();
      if (quiet || now - drawnAt < (live ? REDRAW_MS : HEARTBEAT_MS)) return;
      drawnAt = now;
      const left = totalMs > doneMs ? `${Math.ceil((totalMs - doneMs) / 1000)} s left` : `${Math.ceil((doneMs - totalMs) / 1000)} s over time`;
      const text = `${phase}: ${left}${waitingFor ? ` · ${waitingFor}` : ''}`;
      if (!live) return line(text);
      clear();
      stream.write(text.slice(0, Math.max(20, stream.columns - 1)));
      drawn = true;
    },
    stop: clear,
  };
}
