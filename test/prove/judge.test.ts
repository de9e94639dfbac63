import { describe, expect, it } from 'vitest';
import type { ProofEvidence } from '../../src/model/proof-evidence.ts';
import type { ProofPlan } from '../../src/model/proof-plan.ts';
import {
  LABELS,
  LIVED,
  T0,
  delivery,
  evidence,
  fact,
  ids,
  judge,
  mute,
  plan,
  silent,
  states,
  track,
} from './worlds/lived.ts';

describe('a proof', () => {
  it('lets a receiver tell nobody on purpose: by the word beside it, or by the severity', () => {
    const dropping = { ...mute, receivers: { ...mute.receivers!, dropping: ['team'] } };
    expect(ids(evidence(), plan(dropping))).toEqual([]);
    const none = { ...track, labels: { ...track.labels, severity: 'none' } };
    const unsaid = states([6, 8], [8, 16]).map((one) => ({
      ...one,
      labels: { ...one.labels, severity: 'none' },
    }));
    const facts = [fact(9, 'firing'), fact(18, 'resolved')].map((one) => ({
      ...one,
      alerts: one.alerts.map((a) => ({ ...a, labels: { ...a.labels, severity: 'none' } })),
    }));
    const quiet = evidence({ alerts: unsaid, facts });
    expect(ids(quiet, plan({ ...mute, tracks: [none] }))).toEqual([]);
  });

  it('passes when everything is seen in its time', () => {
    const judged = judge(evidence());
    expect(judged).toMatchObject({ outcome: 'pass', exitCode: 0 });
    expect(judged.proofs[0]).toMatchObject({
      outcome: 'proved',
      firedAfterMs: 3_000,
      toldAfterMs: 1_000,
      receivers: ['team'],
      message: 'Hot',
    });
  });

  it('lets an alert that is active from the start stand for itself alone', () => {
    const other = { ...LABELS, alertname: 'Early' };
    const early = { ...track, id: '1', alert: { ...track.alert, name: 'Early', index: 1 } };
    const samples = Array.from({ length: 60 }, (_, i): [number, number] => [T0 + i * 500, 1]);
    const always = { labels: { ...other, alertstate: 'firing' }, samples };
    const judged = judge(
      evidence({ alerts: [...states([6, 8], [8, 16]), always] }),
      plan({ tracks: [track, early] }),
    );
    expect(judged.proofs.map(({ alert, outcome }) => [alert.name, outcome])).toEqual([
      [track.alert.name, 'proved'],
      ['Early', 'failed'],
    ]);
  });

  it('takes a message for delivered that does not print the name of its alert', () => {
    const text = 'something is wrong, look at the board';
    const mute = { ...delivery(9), text };
    const judged = judge(evidence({ deliveries: [mute, { ...delivery(18), text }] }));
    expect(judged.proofs[0]).toMatchObject({ outcome: 'proved', message: text, findings: [] });
  });

  it('takes no end for its own that was told before it fired', () => {
    const facts = [fact(4, 'resolved'), fact(9, 'firing')];
    expect(ids(evidence({ facts }))).toEqual(['end-not-told']);
  });

  it('names what holds the end of an alert back that was told', () => {
    const untold = (over: Partial<ProofEvidence>) =>
      judge(evidence({ facts: [fact(9, 'firing')], ...over })).proofs[0]?.findings;
    const by = { by: 'inhibition' as const, source: [{ alertname: 'Fire' }] };
    expect(untold({ suppressed: [{ labels: LABELS, ...by }] })).toMatchObject([
      { id: 'end-not-told', likelyCause: expect.stringContaining('by Fire') as string },
    ]);
    // Another instance that is held back says nothing of this one.
    const other = { ...LABELS, instance: 'b' };
    expect(untold({ suppressed: [{ labels: other, ...by }] })).toMatchObject([
      { id: 'end-not-told', likelyCause: expect.stringContaining('next flush') as string },
    ]);
  });

  it('names the time interval that holds a notification back at every hour', () => {
    const held = plan({ tracks: [{ ...track, timeIntervals: ['nights'] }] });
    const told = (p: ProofPlan): string | undefined =>
      judge(evidence({ facts: [], deliveries: [] }), p).proofs[0]?.findings[0]?.likelyCause;
    expect(told(held)).toContain('time interval nights');
    expect(told(plan())).toContain('no notification left Alertmanager');
  });

  it.each(LIVED)('fails with exactly %s', (id, over, p) => {
    expect(ids(evidence(over), p)).toEqual([id]);
    expect(judge(evidence(over), p)).toMatchObject({ outcome: 'fail', exitCode: 1 });
  });

  it('names the cause: the series that Prometheus lacks, the scrape that fails, the alert that inhibits', () => {
    const cause = (over: Partial<ProofEvidence>) =>
      judge(evidence(over)).proofs[0]?.findings[0]?.likelyCause;
    expect(cause({ ...silent, seen: { 0: [0] } })).toContain('relabelling');
    expect(
      cause({ ...silent, seen: { 0: [0] }, scrapeErrors: { node: 'sample_limit exceeded' } }),
    ).toContain('sample_limit exceeded');
    expect(
      cause({ ...silent, ruleErrors: [{ group: 'g', rule: 'Hot', error: 'many-to-many' }] }),
    ).toContain('many-to-many');
    const held = { labels: LABELS, by: 'inhibition' as const, source: [{ alertname: 'Fire' }] };
    expect(cause({ facts: [], deliveries: [], suppressed: [held] })).toContain('Fire');
  });

  it('is inconclusive where the machine may be the reason, and only there', () => {
    const late = {
      alerts: states([6, 10], [10, 16]),
      facts: [fact(11, 'firing'), fact(18, 'resolved')],
      deliveries: [delivery(11)],
    };
    const slow = { slowestScrapeMs: { node: 180 } };
    expect(judge(evidence({ ...late, ...slow })).outcome).toBe('inconclusive');
    expect(judge(evidence({ ...late, slowestScrapeMs: { other: 180 } })).outcome).toBe('fail');
    // It was over its limit now and then, as with slopes that were seen at wrong moments.
    const flickers = { ...silent, alerts: states([6, 7], [7, 7]) };
    expect(judge(evidence({ ...flickers, ...slow })).outcome).toBe('inconclusive');
    expect(judge(evidence(flickers)).outcome).toBe('fail');
    expect(judge(evidence({ ...silent, ...slow })).outcome).toBe('fail');
    expect(judge(evidence({ ...late, missedEvaluations: 3 }))).toMatchObject({
      outcome: 'inconclusive',
      exitCode: 2,
    });
    expect(judge(evidence({ ...silent, missedEvaluations: 3 }))).toMatchObject({ outcome: 'fail' });
  });

  it('is no pass where it was interrupted, whenever its evidence was written', () => {
    const at = (second: number): Partial<ProofEvidence> => ({
      interruption: { at: T0 + second * 1_000, detail: 'the run was interrupted' },
      endedAt: T0 + 60_000,
    });
    const early = judge(evidence(at(24)));
    expect(early).toMatchObject({ outcome: 'inconclusive', exitCode: 2 });
    expect(early.interruption).toBe('the run was interrupted');
    expect(early.proofs).toMatchObject([
      { outcome: 'inconclusive', why: 'the run was interrupted' },
    ]);
    // The alert came to its end before, and so is judged; the proof isn't over.
    const late = judge(evidence(at(25.5)));
    expect(late).toMatchObject({ outcome: 'inconclusive', exitCode: 2 });
    expect(late.proofs).toMatchObject([{ outcome: 'proved' }]);
    expect(judge(evidence({ ...at(25.5), ...silent }))).toMatchObject({ exitCode: 1 });
    expect(judge(evidence({ ...at(24), ...silent }))).toMatchObject({ exitCode: 2 });
  });

  it('judges no panel by an interrupted run, in which its targets may be gone', () => {
    const source = { file: 'board.json', line: 1, column: 1 };
    const watched = plan({
      panels: [{ what: 'panel Up', query: 'up', jobs: ['node'], source }],
    });
    const panels = [{ series: 0, jobs: [], error: null }];
    const interruption = { at: T0 + 25_500, detail: 'the run was interrupted' };
    expect(judge(evidence({ panels }), watched)).toMatchObject({ exitCode: 1 });
    expect(judge(evidence({ panels, interruption }), watched)).toMatchObject({ exitCode: 2 });
  });

  it('is inconclusive where what it reads was scraped late in its life', () => {
    const firedLate = {
      alerts: states([6, 10], [10, 16]),
      facts: [fact(11, 'firing'), fact(18, 'resolved')],
      deliveries: [delivery(11)],
    };
    /** A job scraped each half second, once later by so many ms at a second after T0. */
    const scraped = (job: string, lateMs: number, atSecond: number) => ({
      ...firedLate,
      scrapes: [
        {
          labels: { job },
          samples: Array.from({ length: 100 }, (_, i): [number, number] => [
            T0 + (i - 20) * 500 + (i - 20 === atSecond * 2 ? lateMs : 0),
            1,
          ]),
        },
      ],
    });
    const outcome = (...args: Parameters<typeof scraped>): string =>
      judge(evidence(scraped(...args))).outcome;
    expect(outcome('node', 200, 7)).toBe('inconclusive');
    expect(outcome('node', 20, 7)).toBe('fail');
    expect(outcome('node', 200, 27)).toBe('fail');
    expect(outcome('other', 200, 7)).toBe('fail');
    expect(judge(evidence(scraped('node', 200, 7))).proofs.map(({ why }) => why)).toEqual([
      'Prometheus scraped job node 0.7 s after the time before',
    ]);
  });

  it('fails for what no job gives, and is no pass when nothing was proved', () => {
    const none = plan({
      tracks: [],
      notProvoked: [{ alert: track.alert, kind: 'cannot-fire-here', why: 'no job', source: null }],
    });
    expect(ids(evidence(), none)).toEqual(['cannot-fire-here']);
    expect(judge(evidence(), plan({ tracks: [] }))).toMatchObject({ exitCode: 2 });
  });

  it('is no pass where nobody can tell whether an alert can fire', () => {
    const why = "virtual time doesn't let it fire";
    const unsure = { alert: track.alert, kind: 'unjudged' as const, why, source: null };
    const judged = judge(evidence(), plan({ tracks: [], notProvoked: [unsure] }));
    expect(judged).toMatchObject({ exitCode: 2, proofs: [{ outcome: 'inconclusive', why }] });
    expect(judged.proofs.flatMap(({ findings }) => findings)).toEqual([]);
  });

  it('tells of what is recorded too seldom why an alert on it never fired', () => {
    const comesAndGoes = 'group slow records temp every 10m: it comes and goes';
    const causes = ({ proofs }: ReturnType<typeof judge>): string[] =>
      proofs.flatMap(({ findings }) => findings.map((one) => one.likelyCause));
    const seldom = plan({ tracks: [{ ...track, comesAndGoes }] });
    expect(causes(judge(evidence({ alerts: [] }), seldom))).toEqual([comesAndGoes]);
    expect(causes(judge(evidence({ alerts: [] })))[0]).toContain('joined or compared with');
    expect(causes(judge(evidence(), seldom))).toEqual([]);
  });

  it('fails where prometheus.yml names no Alertmanager', () => {
    const judged = judge(evidence(), plan({ namesAlertmanager: false }));
    expect(judged).toMatchObject({ outcome: 'fail', exitCode: 1 });
    expect(judged.findings.map(({ id }) => id)).toContain('no-alertmanager-named');
  });

  it('advises an alert that always fires where there is none', () => {
    expect(judge(evidence()).findings.map(({ id }) => id)).toEqual(['nothing-fires-always']);
    const watchdog = plan({ tracks: [track, { ...track, id: '1', always: true }] });
    expect(judge(evidence(), watchdog).findings).toEqual([]);
  });
});
