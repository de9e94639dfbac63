import { absentLabels } from '../absent-labels.ts';
import type { Expr } from '../ast.ts';
import type { Element } from './types.ts';

/** What `absent` gives where nothing is found. */
export function absence(expr: Expr): Element {
  return { labels: Object.fromEntries(absentLabels(expr)), value: 1 };
}
