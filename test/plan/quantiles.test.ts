import { describe, expect, it } from 'vitest';
import { makePlan } from '../../src/plan/index.ts';
import { readSpec } from '../../src/spec/index.ts';
import { PROJECT } from '../support/cases.ts';

const spec = await readSpec(`${PROJECT}/stack`);
const METRIC = 'metric/http_request_duration_seconds';

/** The services whose quantiles are held against k6's where only this is proved. */
function heldAgainstK6(...names: string[]): string[] {
  const selection = { wants: (name: string) => names.includes(name), text: names.join(', ') };
  const { quantiles } = makePlan(spec, 'stack', 60, selection);
  return [...new Set(quantiles.map(({ service }) => service))].sort();
}

describe('quantiles are held against those of k6', () => {
  it('for each service that goes on answering', () => {
    expect(heldAgainstK6(METRIC)).toEqual(['ai', 'backend', 'streaming']);
  });

  it('but for one that is stopped before it has answered enough', () => {
    expect(heldAgainstK6(METRIC, 'alert/ServiceDown/streaming')).toEqual(['ai', 'backend']);
  });
});
