import { describe, expect, it } from 'vitest';
import { nameOf } from '../../src/model/expectation-kinds.ts';
import type { RecordedWorld } from '../../src/model/recorded-world.ts';
import { makePlan } from '../../src/plan/index.ts';
import { EVERYTHING } from '../../src/plan/selection.ts';
import { worldsOf } from '../../src/plan/worlds.ts';
import { judge } from '../../src/verdict/index.ts';
import { judgeWorlds } from '../../src/verdict/worlds.ts';
import { sideBySide } from '../../src/report/side-by-side.ts';
import { perfectEvidence } from '../support/perfect.ts';
import { smallSpec } from '../support/spec.ts';

const spec = smallSpec();
const shares = worldsOf(spec, EVERYTHING, 2);
const recorded = (): [RecordedWorld, RecordedWorld] =>
  shares.map(({ selection }) => {
    const plan = makePlan(spec, 'small', 60, selection);
    return { plan, evidence: perfectEvidence(plan) };
  }) as [RecordedWorld, RecordedWorld];

describe('a proof in two worlds', () => {
  it('takes the outages out of the way of everything else', () => {
    const [own, outages] = recorded();
    expect(shares.map(({ name }) => name)).toEqual([null, 'outages']);
    expect(own.plan.tracks.every((track) => !track.id.includes('/'))).toBe(true);
    expect(outages.plan.tracks.every((track) => track.id.includes('/'))).toBe(true);
    expect(outages.plan.panels).toEqual([]);
  });

  it('has the same expectations as in one, each once', () => {
    const one = makePlan(spec, 'small', 60);
    const names = (all: { expectation: Parameters<typeof nameOf>[0] }[]): string[] =>
      all.map(({ expectation }) => nameOf(expectation)).sort();
    const whole = judge(one, perfectEvidence(one));
    const both = judgeWorlds(recorded());
    expect(names(both.verdicts)).toEqual(names(whole.verdicts));
    expect([both.outcome, both.selection]).toEqual(['pass', null]);
  });

  it('is broken by what is broken in one of them', () => {
    const [own, outages] = recorded();
    outages.evidence.notifications = [];
    outages.evidence.deliveries = [];
    const both = judgeWorlds([own, outages]);
    expect([both.outcome, both.exitCode]).toEqual(['fail', 1]);
    const [first, second] = recorded();
    second.evidence.interruption = { at: second.evidence.t0!, reason: 'interrupted', detail: 'x' };
    const interrupted = judgeWorlds([first, second]);
    expect([interrupted.outcome, interrupted.interruption]).toEqual(['inconclusive', 'x']);
    expect(interrupted.counts.pass).toBeGreaterThan(0);
  });

  it('stays in one where there is nothing to part, or the machine bears no second', () => {
    expect(worldsOf(spec, EVERYTHING, 1).length).toBe(1);
    const alone = { ...EVERYTHING, wants: (name: string) => name.includes('ServiceDown') };
    expect(worldsOf(spec, alone, 2).length).toBe(1);
  });

  it('is one for whoever reads of it: every life on one time axis', () => {
    const worlds = recorded();
    worlds[1].evidence.t0! += 3_000;
    const { plan } = sideBySide(worlds);
    expect(plan.tracks.length).toBe(worlds[0].plan.tracks.length + worlds[1].plan.tracks.length);
    expect(plan.lengthMs).toBe(Math.max(...worlds.map((world) => world.plan.lengthMs)));
  });
});
