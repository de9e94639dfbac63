import { describe, expect, it } from 'vitest';
import { readStack } from '../../src/stack/index.ts';
import { proofPlanOf } from './support.ts';
import { evidence, ids, judge, plan, states, track } from './worlds/lived.ts';

const SPEED = 30;

/** The only track of a stack whose rules look back. @param global a line of prometheus.yml */
function trackOf(rules: string, global = '') {
  const prometheus = `global: { scrape_interval: 15s, evaluation_interval: 30s${global} }
rule_files: [rules.yml]
scrape_configs: [{ job_name: api, static_configs: [{ targets: ['api:80'] }] }]
`;
  const { tracks } = proofPlanOf(
    readStack([
      { path: 'prometheus.yml', text: prometheus },
      { path: 'rules.yml', text: rules },
    ]),
    SPEED,
  );
  const [only] = tracks;
  if (!only) throw new Error('there is no track');
  return only;
}
const group = (name: string, rule: string, more = ''): string =>
  `  - { name: ${name}, ${more} rules: [${rule}] }\n`;
const alertOn = (expr: string): string => `{ alert: A, expr: ${expr} > 1, for: 1m }`;
const later = (rules: string, global = ''): number[] => {
  const usual = trackOf(`groups:\n${group('g', alertOn('x'))}`);
  const own = trackOf(`groups:\n${rules}`, global);
  return [
    own.queryOffsetMs,
    own.activeWithinMs - usual.activeWithinMs,
    own.resolvedWithinMs - usual.resolvedWithinMs,
  ];
};

describe('an alert whose group looks back', () => {
  const offset = 'query_offset: 3m,';

  it('is active, and over, as much later', () => {
    expect(later(group('g', alertOn('x'), offset))).toEqual([6_000, 6_000, 6_000]);
    expect(later(group('g', alertOn('x')), ', rule_query_offset: 3m')).toEqual([
      6_000, 6_000, 6_000,
    ]);
    expect(later(group('g', alertOn('x'), 'query_offset: 0s,'), ', rule_query_offset: 3m')).toEqual(
      [0, 0, 0],
    );
  });

  it('is as much later by what it reads, but stamped as its own group looks', () => {
    const recorded = group('r', '{ record: r, expr: max(x) }', offset);
    expect(later(recorded + group('g', alertOn('r')))).toEqual([0, 6_000, 6_000]);
    expect(later(recorded + group('g', alertOn('r'), offset))).toEqual([6_000, 6_000, 6_000]);
  });

  it('fires when it is evaluated, not when its samples of ALERTS say', () => {
    // Stamped four seconds before it fires, at the eighth.
    const stamped = evidence({ alerts: states([2, 4], [4, 12]) });
    const offsetBy = (queryOffsetMs: number) =>
      plan({ tracks: [{ ...track, settledAtMs: 3_000, queryOffsetMs }] });
    expect(ids(stamped, offsetBy(4_000))).toEqual([]);
    expect(judge(stamped, offsetBy(4_000)).proofs[0]).toMatchObject({
      firedAfterMs: 3_000,
      toldAfterMs: 1_000,
    });
    expect(ids(stamped, offsetBy(0))).not.toEqual([]);
  });
});
