import { join } from 'node:path';
import type { InputProblem } from '../lib/errors.ts';
import { colors, count, harmless } from './text.ts';

/**
 * All that is wrong with a stack's files, each with a place that a terminal turns into a link, and
 * what to write instead.
 */
export function inputErrorText(
  problems: InputProblem[],
  stackDir: string,
  options: { color: boolean },
): string {
  const c = colors(options.color);
  const sorted = problems.toSorted(
    (a, b) =>
      a.source.file.localeCompare(b.source.file) ||
      a.source.line - b.source.line ||
      a.source.column - b.source.column,
  );
  const items = sorted.map(({ source, message, expected }) =>
    [
      c.cyan(`${join(stackDir, source.file)}:${source.line}:${source.column}`),
      `  ${c.red('✗')} ${indented(message)}`,
      `    ${c.dim('expected')} ${indented(expected)}`,
    ].join('\n'),
  );
  return [
    ...items,
    c.bold(
      `${count(problems.length, 'problem')} in ${stackDir}. Nothing was started (exit code 2).`,
    ),
  ].join('\n\n');
}

/** Further lines of a message below its first one. */
function indented(text: string): string {
  return harmless(text).trim().replaceAll('\n', '\n      ');
}
