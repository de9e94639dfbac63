import { expect, it } from 'vitest';
import { readOtherwise, readsNoClock, readsOnlyAges } from '../../src/prove/plan/ages.ts';
import type { Expr } from '../../src/promql/ast.ts';
import { parseExpr } from '../../src/promql/parse.ts';
import { solved } from '../solve/support.ts';

function exprOf(text: string): Expr[] {
  const parsed = parseExpr(text);
  return 'expr' in parsed ? [parsed.expr] : [];
}

function reads(expr: string, ...others: string[]): boolean {
  const beside = others.flatMap((other) => exprOf(other));
  const recipe = solved({ alert: 'A', expr, for: '1m' });
  const [own] = exprOf(expr);
  if (!('pairs' in recipe) || !own) throw new Error(`not solved: ${expr}`);
  const otherwise = readOtherwise([own, ...beside]);
  return readsOnlyAges(own, recipe.pairs[0].series, otherwise);
}

it.each([
  'time() - backup_seconds > 86400',
  '(certificate_not_after - time()) / 86400 < 21',
  'a > time() + 300',
  'time() - max by (job) (a) > 300 and on (job) up == 1',
  'time() - max by (job) (began_seconds and on (job) running > 0) > 43200',
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
  // What lets pass is itself a moment.
  'time() - max by (job) (a and a > 10) > 300',
])('something else is read: %s', (expr) => {
  expect(reads(expr)).toBe(false);
});

it('another rule that asks for the moment itself, too', () => {
  expect(reads('time() - a > 300', 'time() - a > 600')).toBe(true);
  expect(reads('time() - a > 300', 'a > 0')).toBe(false);
});

it.each([
  ['newest_timestamp_seconds - on (job) sent_timestamp_seconds > 120', true],
  ['time() - sent_timestamp_seconds > 120', false],
])('two moments are values like any other where nobody asks for the time: %s', (expr, isValue) => {
  const recipe = solved({ alert: 'A', expr, for: '1m' });
  const [own] = exprOf(expr);
  expect(own && 'pairs' in recipe && readsNoClock(own, recipe.pairs[0].series)).toBe(isValue);
});
