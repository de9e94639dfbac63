import type { InputProblem } from '../lib/errors.ts';
import { formatSource } from '../model/source.ts';
import { colors } from './style.ts';

/** Everything that is wrong with a stack's files, one problem after the other, each with its place. */
export function inputErrorText(problems: InputProblem[], stackDir: string, options: { color: boolean }): string {
  const c = colors(options.color);
  const lines = problems.map((p) => `${c.bold(formatSource(p.source))}: ${p.message}\n    expected ${p.expected}`);
  return `${lines.join('\n')}\n${c.red(`${problems.length} problem${problems.length === 1 ? '' : 's'} in ${stackDir}; nothing was started (exit 2)`)}`;
}
