import { nameOf } from '../../src/model/expectation-kinds.ts';
import { subjectName } from '../../src/model/expectation.ts';
import type { CheckFinding } from '../../src/model/check.ts';
import type { Plan } from '../../src/model/plan.ts';
import type { Track } from '../../src/model/track.ts';
import type { Finding } from '../../src/model/finding.ts';
import type { Judgement, Verdict } from '../../src/model/verdict.ts';
import { makePlan } from '../../src/plan/index.ts';
import { alertExpectation } from '../support/expectations.ts';
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
  words: string,
  measured?: string,
  finding?: Finding,
  outcome: Verdict['outcome'] = finding ? 'fail' : 'pass',
): Verdict {
  return {
    expectation: alertExpectation(words, track),
    outcome,
    ...(measured === undefined ? {} : { measured, ...figureIn(measured) }),
    ...(finding ? { finding } : {}),
  };
}

/** The figure that a verdict has beside these words. */
function figureIn(measured: string): Pick<Verdict, 'figure'> {
  const times = /(\d+) (?:evaluation|time)/.exec(measured)?.[1];
  const seconds = /([+-]?\d+\.\d+) s/.exec(measured)?.[1];
  if (times === undefined && seconds === undefined) return {};
  return {
    figure: {
      ...(times === undefined ? {} : { times: Number(times) }),
      ...(seconds === undefined ? {} : { seconds: Number(seconds) }),
    },
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
    schemaVersion: 3,
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
    files: { wrong: 0, unchecked: null },
    ...more,
  };
}

function lifeOf(track: Track, silent: boolean): Verdict[] {
  const own = (words: string, measured?: string): Verdict => verdict(track.id, words, measured);
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
  const same = (a: Verdict, b: Verdict): boolean => nameOf(a.expectation) === nameOf(b.expectation);
  return judgement(
    [...base.verdicts.filter((v) => !changed.some((c) => same(c, v))), ...changed],
    more,
  );
}

/** One failure. */
export function failed(): Judgement {
  const early = verdict('HighErrorRate', 'fires on time', undefined, EARLY);
  return withVerdicts(passed(), [{ ...early, figure: { seconds: 4 } }]);
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
  const others = passed().verdicts.filter(
    (v) => subjectName(v.expectation.subject) !== 'ServiceDown',
  );
  return judgement([...others, ...open], {
    interruption: 'interrupted by SIGINT',
  });
}

/** What `check` finds in a stack's files: a receiver that isn't told of the end. */
export const END_NOT_TOLD: CheckFinding = {
  rule: 'route/no-resolution',
  level: 'warning',
  file: 'alertmanager/alertmanager.yml',
  line: 47,
  column: 9,
  endLine: 47,
  endColumn: 20,
  title: "`slack` isn't told when it is over",
  why: 'People who were woken have to look for themselves.',
  mend: 'Set `send_resolved: true`.',
};
