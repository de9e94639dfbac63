import type { Plan, Track } from '../../src/model/plan.ts';
import type { Finding, Judgement, Verdict } from '../../src/model/verdict.ts';
import { makePlan } from '../../src/plan/index.ts';
import { smallSpec } from '../support/spec.ts';

/** A plan with three alerts, four outages and a Watchdog. */
export function samplePlan(speed = 60): Plan {
  return makePlan(smallSpec(), 'made-up', speed);
}

export const EARLY: Finding = {
  id: 'fired-early',
  title: 'HighErrorRate fires too early',
  source: { file: 'prometheus/alerts/all.yml', line: 7, column: 9 },
  query:
    '  sum by (job) (rate(http_requests_total{status=~"5.."}[5m]))\n    / sum by (job) (rate(http_requests_total[5m])) > 0.05\n',
  expected: 'exactly 5.00 s after it became active',
  seen: '4.00 s, which is 240.00 s at real time',
  likelyCause: 'The `for` of the rule is shorter than promised.',
};

export function verdict(
  track: string,
  expectation: string,
  measured?: string,
  finding?: Finding,
  outcome: Verdict['outcome'] = finding ? 'fail' : 'pass',
): Verdict {
  return {
    about: 'alert',
    subject: track.split('/')[0] ?? track,
    track,
    expectation,
    outcome,
    ...(measured === undefined ? {} : { measured }),
    ...(finding ? { finding } : {}),
  };
}

/** A judgement with its counts and outcome filled in. */
export function judgement(verdicts: Verdict[], more: Partial<Judgement> = {}): Judgement {
  const n = (outcome: Verdict['outcome']): number =>
    verdicts.filter((v) => v.outcome === outcome).length;
  const counts = { pass: n('pass'), fail: n('fail'), inconclusive: n('inconclusive') };
  const outcome =
    counts.fail > 0
      ? 'fail'
      : counts.inconclusive > 0 || counts.pass === 0
        ? 'inconclusive'
        : 'pass';
  return {
    schemaVersion: 2,
    runId: '20300101-120000-ab12',
    stackName: 'made-up',
    speed: 60,
    outcome,
    exitCode: outcome === 'pass' ? 0 : outcome === 'fail' ? 1 : 2,
    verdicts,
    counts,
    wallMs: 90_000,
    criticalPathMs: 75_000,
    versions: { prometheus: '3.1', k6: '1.0' },
    interruption: null,
    notJudged: [],
    selection: null,
    ...more,
  };
}

function lifeOf(track: Track, silent: boolean): Verdict[] {
  const own = (expectation: string, measured?: string): Verdict =>
    verdict(track.id, expectation, measured);
  if (silent) return [own('told by silence', 'last heard -0.85 s')];
  return [
    ...(track.id === track.alert ? [own('quiet below limit', 'for 6.75 s')] : []),
    own('blip: pending, never firing', 'pending for 3 evaluations'),
    own('pending in time', '0.74 s'),
    own('fires on time', '+5.00 s'),
    own('slack told', '+0.51 s'),
    own('email told', '+0.52 s'),
    own('text, labels and severity', '2 notifications'),
    own('slack told of the end', '+0.90 s'),
    own('email told of the end', '+0.90 s'),
    own('resolves in time', '1.25 s'),
    ...(track.follower ? [own('follower inhibited', 'HighErrorRate fired unheard')] : []),
  ];
}

/** Everything passed. */
export function passed(plan = samplePlan()): Judgement {
  const silent = (t: Track): boolean =>
    plan.jobs.some((j) => j.toldBySilence !== null && j.name === t.labels['job']);
  return judgement([
    verdict('Watchdog', 'watchdog delivered', '39 times, at most 1.50 s apart'),
    ...plan.tracks.flatMap((t) => lifeOf(t, silent(t))),
    ...['HighErrorRate', 'HighMemoryUsage', 'ServiceDown'].map((a) =>
      verdict(a, 'nothing unexpected', '4 notifications in all'),
    ),
  ]);
}

/** The same with some verdicts replaced: by track and expectation. */
export function withVerdicts(
  base: Judgement,
  changed: Verdict[],
  more: Partial<Judgement> = {},
): Judgement {
  const same = (a: Verdict, b: Verdict): boolean =>
    a.track === b.track && a.expectation === b.expectation;
  return judgement(
    [...base.verdicts.filter((v) => !changed.some((c) => same(c, v))), ...changed],
    more,
  );
}

/** One failure. */
export function failed(): Judgement {
  return withVerdicts(passed(), [verdict('HighErrorRate', 'fires on time', undefined, EARLY)]);
}

/** A run that was interrupted before the outages. */
export function interrupted(): Judgement {
  const plan = samplePlan();
  const open = plan.tracks
    .filter((t) => t.alert === 'ServiceDown')
    .map((t) =>
      verdict(
        t.id,
        'judged',
        undefined,
        {
          id: 'could-not-judge',
          title: `${t.id} could not be judged`,
          source: EARLY.source,
          query: null,
          expected: 'a run to the end of this track',
          seen: 'interrupted by SIGINT',
          likelyCause: 'The run was interrupted.',
        },
        'inconclusive',
      ),
    );
  return judgement([...passed().verdicts.filter((v) => v.subject !== 'ServiceDown'), ...open], {
    interruption: 'interrupted by SIGINT',
  });
}
