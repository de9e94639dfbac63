import { withoutOrders, withoutSteering } from '../lib/terminal-safe.ts';
import { asCalled } from './npm.ts';

/** Where a command writes: so that tests can read it and `--quiet` can hold it back. */
export interface Output {
  print: (text: string) => void;
  error: (text: string) => void;
  /** Prints lines by which a pipeline is told something. */
  order: (text: string) => void;
  color: boolean;
  /** Columns of the terminal; 100 when it isn't one. */
  width: number;
  /** Whether a person watches: else progress comes as plain lines. */
  stream: NodeJS.WriteStream;
  quiet: boolean;
}

/** The process's own terminal. Colours follow NO_COLOR and FORCE_COLOR (no-color.org). */
export function terminalOutput(quiet: boolean): Output {
  const tty = process.stdout.isTTY;
  const color = process.env['NO_COLOR'] ? false : process.env['FORCE_COLOR'] ? true : tty;
  return {
    print: (text) => void process.stdout.write(`${withoutOrders(asCalled(text))}\n`),
    error: (text) => void process.stderr.write(`${withoutOrders(asCalled(text))}\n`),
    order: (text) => void process.stdout.write(`${withoutSteering(text)}\n`),
    color,
    width: tty ? process.stdout.columns : 100,
    stream: process.stderr,
    quiet,
  };
}
