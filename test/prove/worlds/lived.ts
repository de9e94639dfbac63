import type { ProofEvidence } from '../../../src/model/proof-evidence.ts';
import type { ProofPlan, ProofTrack } from '../../../src/model/proof-plan.ts';
import type { ProofFindingId } from '../../../src/model/proof-verdict.ts';
import type { Solution } from '../../../src/model/recipe.ts';
import { judgeProof } from '../../../src/prove/judge/index.ts';

export const T0 = 1_000_000;
export const LABELS = { alertname: 'Hot', instance: 'a', severity: 'critical' };

export const track: ProofTrack = {
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
  queryOffsetMs: 0,
  resolvedWithinMs: 2_000,
  toldWithinMs: 3_000,
  labels: { instance: 'a' },
  series: [{ metric: 'temp', labels: { instance: 'a' }, job: 'node', target: 'a:9100' }],
  behind: [],
  timeIntervals: [],
  asksBack: [],
  always: false,
};

export const plan = (over: Partial<ProofPlan> = {}): ProofPlan => ({
  schemaVersion: 2,
  stackName: 'x',
  speed: 30,
  speedReason: '',
  lengthMs: 25_000,
  slackMs: 2_000,
  files: [],
  pems: [],
  hosts: {},
  targets: [],
  components: [],
  selected: [],
  discovery: [],
  receivers: {
    names: ['team'],
    dropping: [],
    integrations: [{ id: '0/0', receiver: 'team', kind: 'slack', sendsResolved: true }],
    endpoints: [],
    transitions: { resolve: [], reopen: [] },
  },
  namesAlertmanager: true,
  alertRelabelling: { external: {}, rules: [] },
  tracks: [track],
  panels: [],
  missing: [],
  notProvoked: [],
  prometheusFlags: [],
  notes: [],
  ...over,
});

/** Samples every half second: pending and firing within these seconds after T0. */
export const states = (
  pending: [number, number],
  firing: [number, number],
): ProofEvidence['alerts'] => {
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
export const fact = (
  at: number,
  status: 'firing' | 'resolved',
): ProofEvidence['facts'][number] => ({
  at: T0 + at * 1000,
  receiver: 0,
  groupKey: '',
  alerts: [{ status, labels: LABELS, annotations: {} }],
});
export const delivery = (at: number): ProofEvidence['deliveries'][number] => ({
  at: T0 + at * 1000,
  integration: '0/0',
  kind: 'slack',
  to: '#ops',
  text: 'Hot',
  error: null,
});

export const evidence = (over: Partial<ProofEvidence> = {}): ProofEvidence => ({
  schemaVersion: 2,
  startedAt: T0 - 5_000,
  t0: T0,
  endedAt: T0 + 26_000,
  interruption: null,
  alerts: states([6, 8], [8, 16]),
  seen: {},
  scrapeErrors: {},
  scrapes: [],
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
export const judge = (e: ProofEvidence, p = plan()) => judgeProof(p, solution, e, []);
export const ids = (e: ProofEvidence, p = plan()): string[] =>
  judge(e, p).proofs.flatMap(({ findings }) => findings.map(({ id }) => id));
export const silent = { alerts: [], facts: [], deliveries: [] };

export const mute = plan({ receivers: { ...plan().receivers!, integrations: [] } });
export const oneWay = plan({
  receivers: {
    ...plan().receivers!,
    integrations: [{ id: '0/0', receiver: 'team', kind: 'slack', sendsResolved: false }],
  },
});

/** Each kind of finding of an alert that was provoked, with what is seen then instead. */
export const LIVED: [ProofFindingId, Partial<ProofEvidence>, ProofPlan?][] = [
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
];
