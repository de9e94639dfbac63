import type { Verdict } from '../engine/confirm.ts';

/** What promtool sees of what it doesn't confirm, in words; its own ones where there are none. */
export function seenInstead(verdict: Verdict | undefined): string {
  if (!verdict || verdict.passed) return '';
  const { output } = verdict;
  const at = /\btime:\s*([\dhms]+)/.exec(output)?.[1];
  if (at === undefined) return output.split('\n').slice(0, 3).join(' ').trim();
  const [wanted, given] = [isThere('exp', output), isThere('got', output)];
  if (wanted === given) return `at ${at} others of its instances are active than was worked out`;
  return given
    ? `at ${at} it is or was active, and was worked out to be quiet`
    : `at ${at} it is quiet, and was worked out to be active`;
}

/** Whether the first thing that it tells has anything on this side. */
function isThere(side: string, output: string): boolean {
  return new RegExp(`\\b${side}:\\s*(nil\\b|\\[\\s*\\])?`).exec(output)?.[1] === undefined;
}
