import { describe, expect, it } from 'vitest';
import { contexts, runContext } from '../../src/verdict/alerts/context.ts';
import { valueText } from '../../src/verdict/alerts/values.ts';
import { T0 } from '../support/perfect.ts';
import { wholeRun } from '../report/html/input.ts';

/** What is said of an expression that had these values, one a second. */
function said(...values: number[]): string {
  const { plan, evidence } = wholeRun();
  const track = plan.tracks.find(({ id }) => id === 'HighErrorRate');
  const samples = values.map((value, i): [number, number] => [T0 + i * 1_000, value]);
  const expressions = { HighErrorRate: [{ labels: track?.labels ?? {}, samples }] };
  const context = contexts(runContext(plan, { ...evidence, expressions }, T0)).find(
    (c) => c.track === track,
  );
  return context ? valueText(context, T0, T0 + 60_000) : 'no such track';
}

describe('what an expression was, in words', () => {
  it('its range, which gaps of a quotient have no part in', () =>
    expect(said(NaN, 0.01, 0.045)).toBe('the expression was between 0.01 and 0.045'));
  it('no number at all', () =>
    expect(said(NaN, NaN)).toBe('the expression was NaN: it divides nothing by nothing'));
  it('nothing', () => expect(said()).toBe('the expression returned no value at all'));
});
