import { expect, it } from 'vitest';
import { readsOnlyAges } from '../../src/prove/plan/ages.ts';
import { parseExpr } from '../../src/promql/parse.ts';
import { solved } from '../solve/support.ts';

function reads(expr: string): boolean {
  const recipe = solved({ alert: 'A', expr, for: '1m' });
  const parsed = parseExpr(expr);
  if (!('pairs' in recipe) || !('expr' in parsed)) throw new Error(`not solved: ${expr}`);
  return readsOnlyAges(parsed.expr, recipe.pairs[0].series);
}

it.each([
  'time() - backup_seconds > 86400',
  '(certificate_not_after - time()) / 86400 < 21',
  'a > time() + 300',
  'time() - max by (job) (a) > 300 and on (job) up == 1',
])('how long ago something was is the same in a faster world: %s', (expr) => {
  expect(reads(expr)).toBe(true);
});

it.each([
  // What stands beside it is about the moment itself.
  'time() - a > 300 and a > 0',
  // It has to pass until a window has forgotten what was.
  'time() - max_over_time(a[1h]) > 300',
  'time() - a > 300 and on () hour() >= 8',
  'a > 5',
])('something else is read: %s', (expr) => {
  expect(reads(expr)).toBe(false);
});
