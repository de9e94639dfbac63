import type { Level } from '../model/check.ts';
import { count } from './text.ts';
import type { Colors } from './text.ts';

/** The levels of what is found in files and in running systems, the worst first. */
export const LEVELS: readonly Level[] = ['error', 'warning', 'advice'];

/** How each level is coloured. */
export function paintOf(c: Colors): Record<Level, (text: string) => string> {
  return { error: c.red, warning: c.yellow, advice: c.blue };
}

/** `2 errors, 1 warning, 0 advice`, or that nothing is wrong. */
export function levelCounts(findings: { level: Level }[]): string {
  if (findings.length === 0) return 'nothing wrong';
  const of = (level: Level): number => findings.filter((f) => f.level === level).length;
  const advice = `${of('advice')} advice`;
  return [count(of('error'), 'error'), count(of('warning'), 'warning'), advice].join(', ');
}
