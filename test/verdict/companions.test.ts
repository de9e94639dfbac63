import { describe, expect, it } from 'vitest';
import type { Evidence } from '../../src/model/evidence.ts';
import type { FindingId } from '../../src/model/finding.ts';
import type { Spec } from '../../src/model/spec.ts';
import { makePlan } from '../../src/plan/index.ts';
import { judge } from '../../src/verdict/index.ts';
import { addAlert, changeRule } from '../support/more-alerts.ts';
import { T0, active, perfectEvidence, tell } from '../support/perfect.ts';
import { smallSpec } from '../support/spec.ts';
import { aboutOf } from '../support/expectations.ts';

function findings(spec: Spec, change: (evidence: Evidence) => void = () => undefined): FindingId[] {
  const plan = makePlan(spec, 'small', 60);
  const evidence = perfectEvidence(plan);
  change(evidence);
  return judge(plan, evidence)
    .verdicts.filter((v) => v.outcome !== 'pass')
    .map((v) => v.finding!.id);
}

describe('two alerts on one signal', () => {
  const spec = smallSpec();
  addAlert(spec, 'HighMemoryUsage', {
    name: 'MemoryNearlyFull',
    stimulus: { kind: 'host-memory', near: 0.948, over: 0.952, calm: 0.4 },
  });
  const plan = makePlan(spec, 'small', 60);
  const lower = plan.tracks.find((t) => t.id === 'HighMemoryUsage')!;
  const higher = plan.tracks.find((t) => t.id === 'MemoryNearlyFull')!;
  const passes = (evidence: Evidence, at: number): void => {
    active(evidence, lower, 'warning', T0 + at + 500, 10, 20, 500);
    tell(evidence, lower, 'warning', 'slack', 'firing', T0 + at + 6_500);
    tell(evidence, lower, 'warning', 'slack', 'resolved', T0 + at + 17_000);
  };

  it('the lower limit is passed by right while the higher one is provoked', () =>
    expect(findings(spec, (e) => passes(e, higher.steps[0]!.startMs))).toEqual([]));

  it('but not at any other time', () =>
    expect(findings(spec, (e) => passes(e, plan.companions[0]!.untilMs))).toEqual([
      'unexpected-notification',
    ]));

  it('and nobody is told whom the contract does not name', () =>
    expect(
      findings(spec, (e) => {
        const at = T0 + higher.steps[0]!.startMs + 6_500;
        tell(e, lower, 'warning', 'email', 'firing', at);
      }),
    ).toEqual(['unexpected-notification']));
});

describe('keep_firing_for', () => {
  it('of the rule is reckoned with', () => {
    const spec = smallSpec();
    changeRule(spec, 'HighMemoryUsage', { keepFiringForMs: 300_000 });
    changeRule(spec, 'ServiceDown', { keepFiringForMs: 120_000 });
    expect(findings(spec)).toEqual([]);
  });

  it('that holds an alert longer than the contract promises is found', () => {
    const kept = smallSpec();
    changeRule(kept, 'HighMemoryUsage', { keepFiringForMs: 300_000 });
    const seen = perfectEvidence(makePlan(kept, 'small', 60));
    const promised = structuredClone(kept);
    promised.contract.alerts.find((a) => a.name === 'HighMemoryUsage')!.keepFiringForMs = 0;
    const plan = makePlan(promised, 'small', 60);
    const judged = judge(plan, { ...perfectEvidence(plan), series: seen.series });
    const ids = judged.verdicts
      .filter((v) => v.outcome !== 'pass' && aboutOf(v) === 'HighMemoryUsage')
      .map((v) => v.finding!.id);
    expect(ids).toContain('not-resolved');
  });
});
