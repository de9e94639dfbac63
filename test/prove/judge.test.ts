import { describe, expect, it } from 'vitest';
import type { ProofEvidence, ProofPlan, ProofTrack } from '../../src/model/proof.ts';
import type { Solution } from '../../src/model/recipe.ts';
import { judgeProof } from '../../src/prove/judge/index.ts';

const T0 = 1_000_000;
const LABELS = { alertname: 'Hot', instance: 'a', severity: 'critical' };

const track: ProofTrack = {
  id: '0',
  alert: { file: 'rules.yml', line: 3, group: 'g', name: 'Hot', index: 0 },
  way: 'live',
  why: '',
  startMs: 0,
  settledAtMs: 1_000,
  overAtMs: 5_000,
  calmAtMs: 15_000,
  endMs: 25_000,
  activeWithinMs: 2_000,
  forMs: 2_000,
  evaluationMs: 500,
  resolvedWithinMs: 2_000,
  toldWithinMs: 3_000,
  labels: { instance: 'a' },
  series: [{ metric: 'temp', labels: { instance: 'a' }, job: 'node', target: 'a:9100' }],
  behind: [],
  timeIntervals: [],
  always: false,
};

const plan = (over: Partial<ProofPlan> = {}): ProofPlan => ({
  schemaVersion: 1,
  stackName: 'x',
  speed: 30,
  speedReason: '',
  lengthMs: 25_000,
  slackMs: 2_000,
  files: [],
  pems: [],
  hosts: {},
  targets: [],
  discovery: [],
  receivers: {
    names: ['team'],
    dropping: [],
    integrations: [{ id: '0/0', receiver: 'team', kind: 'slack', sendsResolved: true }],
    endpoints: [],
    transitions: { resolve: [], reopen: [] },
  },
  namesAlertmanager: true,
  tracks: [track],
  panels: [],
  missing: [],
  notProvoked: [],
  prometheusFlags: [],
  notes: [],
  ...over,
});

/** Samples every half second: pending and firing within these seconds after T0. */
const states = (pending: [number, number], firing: [number, number]): ProofEvidence['alerts'] => {
  const every = ([from, until]: [number, number]): [number, number][] =>
    Array.from({ length: Math.max(0, (until - from) * 2) }, (_, i) => [
      T0 + (from + i / 2) * 1000,
      1,
    ]);
  return [
    { labels: { ...LABELS, alertstate: 'pending' }, samples: every(pending) },
    { labels: { ...LABELS, alertstate: 'firing' }, samples: every(firing) },
  ];
};
const fact = (at: number, status: 'firing' | 'resolved'): ProofEvidence['facts'][number] => ({
  at: T0 + at * 1000,
  receiver: 0,
  groupKey: '',
  alerts: [{ status, labels: LABELS, annotations: {} }],
});
const delivery = (at: number): ProofEvidence['deliveries'][number] => ({
  at: T0 + at * 1000,
  integration: '0/0',
  kind: 'slack',
  to: '#ops',
  text: 'Hot',
  error: null,
});

const evidence = (over: Partial<ProofEvidence> = {}): ProofEvidence => ({
  schemaVersion: 1,
  startedAt: T0 - 5_000,
  t0: T0,
  endedAt: T0 + 26_000,
  interruption: null,
  alerts: states([6, 8], [8, 16]),
  seen: {},
  scrapeErrors: {},
  facts: [fact(9, 'firing'), fact(18, 'resolved')],
  deliveries: [delivery(9), delivery(18)],
  suppressed: [],
  notifyErrors: [],
  ruleErrors: [],
  annotations: [{ labels: LABELS, annotations: { summary: 'a is hot' } }],
  slowestScrapeMs: {},
  panels: [],
  worstLagMs: 10,
  missedEvaluations: 0,
  versions: {},
  ...over,
});

const solution = { recipes: [{}], unsolved: [] } as unknown as Solution;
const judge = (e: ProofEvidence, p = plan()) => judgeProof(p, solution, e, []);
const ids = (e: ProofEvidence, p = plan()): string[] =>
  judge(e, p).proofs.flatMap(({ findings }) => findings.map(({ id }) => id));
const silent = { alerts: [], facts: [], deliveries: [] };

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

  it('names the time interval that may have held a notification back', () => {
    const held = plan({ tracks: [{ ...track, timeIntervals: ['nights'] }] });
    const told = (p: ProofPlan): string | undefined =>
      judge(evidence({ facts: [], deliveries: [] }), p).proofs[0]?.findings[0]?.likelyCause;
    expect(told(held)).toContain('time interval nights');
    expect(told(plan())).toContain('no notification left Alertmanager');
  });

  const mute = plan({ receivers: { ...plan().receivers!, integrations: [] } });
  const oneWay = plan({
    receivers: {
      ...plan().receivers!,
      integrations: [{ id: '0/0', receiver: 'team', kind: 'slack', sendsResolved: false }],
    },
  });
  it.each<[string, Partial<ProofEvidence>, ProofPlan?]>([
    [
      'fired-below-limit',
      {
        alerts: states([3, 8], [8, 16]).map((s, i) =>
          i === 0 ? { ...s, samples: [[T0 + 3_000, 1], ...s.samples.slice(6)] } : s,
        ),
      },
    ],
    ['never-fired', silent],
    [
      'pending-late',
      {
        alerts: states([7.5, 9.5], [9.5, 16]),
        facts: [fact(10, 'firing'), fact(18, 'resolved')],
        deliveries: [delivery(10), delivery(18)],
      },
    ],
    [
      'fired-early',
      {
        alerts: states([6, 7], [7, 16]),
        facts: [fact(8, 'firing'), fact(18, 'resolved')],
        deliveries: [delivery(8)],
      },
    ],
    [
      'fired-late',
      {
        alerts: states([6, 10], [10, 16]),
        facts: [fact(11, 'firing'), fact(18, 'resolved')],
        deliveries: [delivery(11)],
      },
    ],
    ['nobody-told', { facts: [], deliveries: [] }],
    ['nobody-told', {}, mute],
    ['not-received', { deliveries: [] }],
    [
      'received-late',
      { facts: [fact(14, 'firing'), fact(18, 'resolved')], deliveries: [delivery(14)] },
    ],
    ['not-resolved', { alerts: states([6, 8], [8, 19]) }],
    ['end-not-told', { facts: [fact(9, 'firing')] }],
    ['end-not-told', {}, oneWay],
    [
      'text-broken',
      { annotations: [{ labels: LABELS, annotations: { summary: '<no value> is hot' } }] },
    ],
  ])('fails with exactly %s', (id, over, p) => {
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
    expect(judge(evidence({ interruption: 'stopped', endedAt: T0 + 20_000 }))).toMatchObject({
      exitCode: 2,
    });
  });

  it('fails for what no job gives, and is no pass when nothing was proved', () => {
    const none = plan({
      tracks: [],
      notProvoked: [{ alert: track.alert, kind: 'cannot-fire-here', why: 'no job', source: null }],
    });
    expect(ids(evidence(), none)).toEqual(['cannot-fire-here']);
    expect(judge(evidence(), plan({ tracks: [] }))).toMatchObject({ exitCode: 2 });
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
