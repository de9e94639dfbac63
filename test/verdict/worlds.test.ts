import { describe, expect, it } from 'vitest';
import { nameOf } from '../../src/model/expectation-kinds.ts';
import type { RecordedWorld } from '../../src/model/recorded-world.ts';
import { makePlan } from '../../src/plan/index.ts';
import { inHalves } from '../../src/plan/part-of-stack.ts';
import { EVERYTHING } from '../../src/plan/selection.ts';
import { worldsOf } from '../../src/plan/worlds.ts';
import { judge } from '../../src/verdict/index.ts';
import { spoiltIn } from '../../src/verdict/spoilt.ts';
import { judgeWorlds } from '../../src/verdict/worlds.ts';
import { expectationCount } from '../../src/report/plan/expectation-count.ts';
import { planOf } from '../../src/report/side-by-side.ts';
import { T0, active, perfectEvidence, tell, untell } from '../support/perfect.ts';
import { smallSpec } from '../support/spec.ts';

const spec = smallSpec();
const SPEED = 60;
const shares = worldsOf(spec, EVERYTHING, 2, SPEED);
type Worlds = [RecordedWorld, RecordedWorld];
const recorded = (): Worlds =>
  shares.map((share) => {
    const plan = makePlan(share.spec, 'small', SPEED, share.selection);
    return { plan, evidence: perfectEvidence(plan) };
  }) as Worlds;

describe('a proof in several worlds', () => {
  it('takes outages out of the way of everything else', () => {
    const [, outages] = recorded();
    expect(shares.map(({ name }) => name)).toEqual([null, 'outages']);
    expect(outages.plan.tracks.every((track) => track.id.includes('/'))).toBe(true);
    expect(outages.plan.panels).toEqual([]);
  });

  it('has the same expectations as in one, each once', () => {
    const one = makePlan(spec, 'small', 60);
    const names = (all: { expectation: Parameters<typeof nameOf>[0] }[]): string[] =>
      all.map(({ expectation }) => nameOf(expectation)).sort();
    const whole = judge(one, perfectEvidence(one));
    const all = judgeWorlds(recorded());
    expect(names(all.verdicts)).toEqual(names(whole.verdicts));
    expect([all.outcome, all.selection]).toEqual(['pass', null]);
  });

  it.each([0, 1])('is broken by what is broken in one of them: %d', (which) => {
    const broken = recorded();
    broken[which]!.evidence.notifications = [];
    broken[which]!.evidence.deliveries = [];
    const judged = judgeWorlds(broken);
    expect([judged.outcome, judged.exitCode]).toEqual(['fail', 1]);
    const ended = recorded();
    const { evidence } = ended[which]!;
    evidence.interruption = { at: evidence.t0!, reason: 'interrupted', detail: 'x' };
    const interrupted = judgeWorlds(ended);
    expect([interrupted.outcome, interrupted.interruption]).toEqual(['inconclusive', 'x']);
    expect(interrupted.counts.pass).toBeGreaterThan(0);
  });

  it('stays in one where there is nothing to part, or the machine bears no second', () => {
    expect(worldsOf(spec, EVERYTHING, 1, SPEED).length).toBe(1);
    const alone = { ...EVERYTHING, wants: (name: string) => name === 'alert/HighMemoryUsage' };
    expect(worldsOf(spec, alone, 2, SPEED).length).toBe(1);
  });

  it('is one for whoever reads of it: every life on one time axis', () => {
    const worlds = recorded();
    const plan = planOf(worlds);
    const tracks = worlds.map((world) => world.plan.tracks.length);
    expect(plan.tracks.length).toBe(tracks.reduce((sum, n) => sum + n, 0));
    expect(plan.lengthMs).toBe(Math.max(...worlds.map((world) => world.plan.lengthMs)));
  });
});

describe('a life in two halves', () => {
  const only = { text: 'x', wants: (name: string) => name === 'alert/HighMemoryUsage' };
  const halves = (): Worlds =>
    inHalves(spec, only).map((share) => {
      const plan = makePlan(share.spec, 'small', SPEED, share.selection);
      return { plan, evidence: perfectEvidence(plan) };
    }) as Worlds;
  const whole = makePlan(spec, 'small', SPEED, only);
  const failed = (worlds: Worlds): string[] =>
    judgeWorlds(worlds).verdicts.flatMap(({ outcome, finding }) =>
      outcome === 'fail' && finding ? [finding.id] : [],
    );

  it('has the expectations of a whole one, each once', () => {
    const names = (of: ReturnType<typeof judgeWorlds>): string[] =>
      of.verdicts.map(({ expectation }) => nameOf(expectation)).sort();
    const judged = judgeWorlds(halves());
    expect(judged.outcome).toBe('pass');
    expect(names(judged)).toEqual(names(judge(whole, perfectEvidence(whole))));
    expect(expectationCount(whole)).toBe(judged.counts.pass);
  });

  it('is judged in each by what was done there', () => {
    const [early, unheard, unseen] = [halves(), halves(), halves()];
    const [track] = early[1].plan.tracks;
    const near = track!.steps.find(({ phase }) => phase === 'near')!;
    active(early[1].evidence, track!, 'warning', T0 + near.startMs, 2, 0, 500);
    untell(unheard[0].evidence, 'HighMemoryUsage');
    unseen[1].evidence.series = unseen[1].evidence.series.filter(
      ({ labels }) => labels['alertname'] !== 'HighMemoryUsage',
    );
    expect(failed(early)).toContain('fired-below-limit');
    expect(failed(unseen)).toEqual(['blip-unnoticed']);
    expect(failed(unheard).every((id) => /received/.test(id))).toBe(true);
    expect(failed(unheard).length).toBeGreaterThan(0);
  });

  it('a blip that fires is a finding, also where the alert had been active before', () => {
    const worlds = halves();
    const [, { plan, evidence }] = worlds;
    const [track] = plan.tracks;
    const blip = track!.steps.find(({ phase }) => phase === 'blip')!;
    evidence.series = evidence.series.filter(
      ({ labels }) => labels['alertname'] !== 'HighMemoryUsage',
    );
    active(evidence, track!, 'warning', T0 - 1_000, 4, 0, 500);
    active(evidence, track!, 'warning', T0 + blip.startMs + 300, 1, 3, 500);
    expect(failed(worlds)).toEqual(['fired-below-limit', 'fired-on-blip']);
  });

  it('is told as two halves, and as one where it was done again as a whole', () => {
    const worlds = halves();
    expect(planOf(worlds).tracks.map(({ id }) => id)).toEqual([
      'HighMemoryUsage',
      'HighMemoryUsage',
    ]);
    const again = { plan: whole, evidence: perfectEvidence(whole), isAgain: true };
    expect(planOf([...worlds, again]).tracks).toEqual(whole.tracks);
  });
});

/** A scrape that timed out, of a job whose target nobody had touched. */
function scrapedInVain({ series }: RecordedWorld['evidence'], job: string, at: number): void {
  const labels = { job, instance: `${job}:8000` };
  series.push(
    { labels: { __name__: 'up', ...labels }, samples: [[at, 0]] },
    { labels: { __name__: 'scrape_duration_seconds', ...labels }, samples: [[at, 0.167]] },
  );
}

describe('what the machine spoilt and is done again', () => {
  const plan = makePlan(spec, 'small', 60);
  const memory = { ...EVERYTHING, wants: (name: string) => name === 'alert/HighMemoryUsage' };
  const slower = makePlan(spec, 'small', 30, memory);
  /** The breach came so late that nobody was told in time, on record. */
  const spoilt = (): RecordedWorld => {
    const evidence = perfectEvidence(plan);
    const breach = evidence.timeline.find(({ step }) => step === 'HighMemoryUsage/breach')!;
    breach.at += 3_000;
    breach.doneAt += 3_000;
    evidence.series = evidence.series.filter(
      ({ labels }) =>
        labels['alertname'] !== 'HighMemoryUsage' || labels['alertstate'] !== 'firing',
    );
    return { plan, evidence };
  };
  const again = (): RecordedWorld => ({
    plan: slower,
    evidence: perfectEvidence(slower),
    isAgain: true,
  });

  it('is only that', () => {
    const before = judgeWorlds([spoilt()]);
    expect(before.outcome).toBe('inconclusive');
    expect(spoiltIn(before)).toEqual(['alert/HighMemoryUsage']);
  });

  it('is judged by what was seen then', () => {
    const both = judgeWorlds([spoilt(), again()]);
    expect(both.verdicts.filter((v) => v.outcome !== 'pass')).toEqual([]);
    const whole = judge(plan, perfectEvidence(plan));
    expect(both.counts.pass).toBe(whole.counts.pass);
  });

  it('fails by a fault that shows then', () => {
    const second = again();
    second.evidence.notifications = second.evidence.notifications.filter(({ alerts }) =>
      alerts.every(({ labels }) => labels['alertname'] !== 'HighMemoryUsage'),
    );
    second.evidence.deliveries = second.evidence.deliveries.filter(
      ({ text }) => !text.includes('HighMemoryUsage'),
    );
    expect(judgeWorlds([spoilt(), second]).outcome).toBe('fail');
  });

  it('never changes what failed before', () => {
    const [first] = [spoilt()];
    first.evidence.notifications = [];
    first.evidence.deliveries = [];
    const before = judgeWorlds([first]).counts.fail;
    expect(before).toBeGreaterThan(0);
    expect(judgeWorlds([first, again()]).counts.fail).toBe(before);
  });

  it('is one outage, not all, where only that one’s target was too slow to be scraped', () => {
    const down = plan.tracks.find(({ id }) => id === 'ServiceDown/backend')!;
    const evidence = perfectEvidence(plan);
    scrapedInVain(evidence, 'backend', T0 + 2_000);
    active(evidence, down, 'critical', T0 + 2_500, 2, 2, 500);
    tell(evidence, down, 'critical', 'slack', 'firing', T0 + 4_500);
    const first = { plan, evidence };
    expect(spoiltIn(judgeWorlds([first]))).toEqual(['alert/ServiceDown/backend']);
    const one = { ...EVERYTHING, wants: (name: string) => name === 'alert/ServiceDown/backend' };
    const outage = makePlan(spec, 'small', 60, one);
    const second = { plan: outage, evidence: perfectEvidence(outage), isAgain: true };
    const both = judgeWorlds([first, second]);
    expect(both.verdicts.filter((v) => v.outcome !== 'pass')).toEqual([]);
    expect(both.counts.pass).toBe(judge(plan, perfectEvidence(plan)).counts.pass);
  });

  it('isn’t what has a fault of its own, nor a run that was interrupted', () => {
    const world = spoilt();
    world.evidence.unscraped = [{ job: 'node', error: '404' }];
    expect(spoiltIn(judgeWorlds([world]))).toEqual([]);
    const cut = spoilt();
    cut.evidence.interruption = { at: cut.evidence.t0!, reason: 'interrupted', detail: 'x' };
    expect(spoiltIn(judgeWorlds([cut]))).toEqual([]);
  });
});
