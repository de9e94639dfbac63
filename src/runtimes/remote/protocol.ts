/**
 * What is asked of a runtime that somebody else has, one JSON object a line: the methods of {@link
 * Runtime}.
 */
export type RuntimeAsk =
  | { verb: 'start' | 'freeze' | 'thaw' | 'stop' | 'logs'; name: string }
  | { verb: 'exec'; name: string; command: string[]; timeoutMs: number }
  | { verb: 'takeOut'; name: string; path: string; to: string };

/** A question with its number. */
export type Call<Ask> = { type: 'call'; id: number } & Ask;

/** What is told to whoever asks, one JSON object a line; the end of the input ends it. */
export type Order =
  /** The call was carried out, and what came of it; or it wasn't, and why. */
  | {
      type: 'done';
      id: number;
      failure: { message: string; advice: string } | null;
      result: unknown;
    }
  /** A component died by itself. */
  | { type: 'crash'; message: string; advice: string }
  /** The same of one without which the rest goes on: that it died is a result. */
  | { type: 'lost'; name: string; message: string };
