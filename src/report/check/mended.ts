import type { Mend } from '../../model/check.ts';
import { count, harmless } from '../text.ts';

/** More of a line than this says nothing more about what changes in it. */
const MOST_SHOWN = 120;

/** What `--fix` did or would do: each place with its lines before and after, then how many. */
export function checkMended(done: Mend[], { dryRun }: { dryRun: boolean }): string {
  const files = new Set(done.map(({ file }) => file)).size;
  const total =
    done.length === 0
      ? 'nothing that --fix mends'
      : `${dryRun ? 'would mend' : 'mended'} ${count(done.length, 'place')} in ${count(files, 'file')}`;
  return [...done.map(place), total].join('\n');
}

function place({ rule, file, line, title, before, after }: Mend): string {
  const start = Math.max(0, firstDifference(before[0] ?? '', after[0] ?? '') - MOST_SHOWN / 2);
  const shown = (sign: string) => (text: string) => `  ${sign} ${cut(text, start)}`;
  return [
    `${harmless(file)}:${line}: ${harmless(title)} [${rule}]`,
    ...before.map(shown('-')),
    ...after.map(shown('+')),
  ].join('\n');
}

/** A dashboard may be one line of a megabyte: what changes is shown, with what stands around it. */
function cut(text: string, start: number): string {
  const from = text.length <= MOST_SHOWN ? 0 : start;
  const part = text.slice(from, from + MOST_SHOWN);
  return `${from > 0 ? '…' : ''}${harmless(part)}${from + MOST_SHOWN < text.length ? '…' : ''}`;
}

function firstDifference(a: string, b: string): number {
  let at = 0;
  while (at < a.length && a[at] === b[at]) at++;
  return at;
}
