import { stripVTControlCharacters } from 'node:util';

const TAIL_LINES = 5;
const TAIL_COLUMNS = 240;

/** The end of a log, fit to be read in a message: without colours, no endless lines. */
export function lastLines(log: string): string {
  return stripVTControlCharacters(log)
    .trimEnd()
    .split('\n')
    .slice(-TAIL_LINES)
    .map((line) => line.slice(0, TAIL_COLUMNS))
    .join('\n');
}
