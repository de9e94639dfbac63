import type { Evidence } from '../../model/evidence.ts';
import type { Plan } from '../../model/plan.ts';
import type { Verdict } from '../../model/verdict.ts';
import { doubted } from '../alerts/doubts/doubted.ts';
import { blindAt } from './blind.ts';
import { failed, passed, unjudgedPanel } from './context.ts';
import type { Answered, PanelContext } from './context.ts';
import { jobsNotShown } from './jobs.ts';

const HAS_DATA = { kind: 'has-data', phase: null } as const;

/**
 * Each query is answered, and shows something, unless the contract says why not; also with other
 * choices of the variables; and something of each job that exports all it reads.
 */
export function hasData(c: PanelContext, plan: Plan, evidence: Evidence): Verdict[] {
  const broken = c.answered.find(({ answer }) => answer.error !== null);
  if (broken) return [notAnswered(c, broken)];
  const empty = c.answered.find(
    ({ series }) =>
      !series.some(({ samples }) => samples.some(([, value]) => !Number.isNaN(value))),
  );
  const believed = (answered: Answered, verdict: Verdict): Verdict => {
    const reason = answered.query.instant ? missedBy(answered, plan, evidence) : undefined;
    return reason === undefined ? verdict : doubted(verdict, [{ reason }]);
  };
  const promised = c.panel.promised?.empty ?? null;
  if (promised !== null)
    return [empty ? passed(c, HAS_DATA, `empty: ${promised}`) : notEmpty(c, promised)];
  if (empty) return [believed(empty, showsNothing(c, empty))];
  const bad = c.answered.flatMap((answered) => badChoice(c, answered))[0];
  if (bad) return [bad];
  const partial = c.answered.flatMap((answered) => lacksJob(c, answered, plan, evidence))[0];
  if (partial) return [partial];
  const choices = c.answered.flatMap(({ answer }) => answer.choices).length;
  return [
    passed(
      c,
      HAS_DATA,
      `${seriesCount(c)} series${choices > 0 ? `, ${choices} other choices` : ''}`,
    ),
  ];
}

/** Why a query that was asked at one moment may have missed something then. */
function missedBy({ query, answer }: Answered, plan: Plan, evidence: Evidence): string | undefined {
  const askedAt = answer.askedAt ?? evidence.endedAt;
  return blindAt(query.runExpr, askedAt, plan, evidence);
}

function seriesCount({ answered }: PanelContext): number {
  return answered.reduce((sum, { series }) => sum + series.length, 0);
}

/** A query that can't be asked at this speed, or was refused. */
function notAnswered(c: PanelContext, broken: Answered): Verdict {
  const { refId, problem } = broken.query;
  if (problem !== null)
    return unjudgedPanel(
      c,
      HAS_DATA,
      `query ${refId}: ${problem}`,
      'Run with --real-time to judge this panel.',
    );
  return failed(c, HAS_DATA, 'panel-error', {
    title: `${c.panel.id} shows an error`,
    expected: `an answer to query ${refId}`,
    seen: broken.answer.error ?? '',
    likelyCause:
      'The query does not parse, joins series that do not match one to one, or uses a variable that is not defined.',
    at: broken,
  });
}

function notEmpty(c: PanelContext, promised: string): Verdict {
  return failed(c, HAS_DATA, 'panel-not-empty', {
    title: `${c.panel.id} has data although the contract says that it has none`,
    expected: `nothing: ${promised}`,
    seen: `${seriesCount(c)} series`,
    likelyCause: 'The reason in the contract is out of date.',
  });
}

function showsNothing(c: PanelContext, empty: Answered): Verdict {
  return failed(c, HAS_DATA, 'panel-no-data', {
    title: `${c.panel.id} shows nothing`,
    expected: `data for query ${empty.query.refId} from T0 to the end`,
    seen: 'no series',
    likelyCause:
      'No job exports the metric under this name and these labels, two sides of an operator ' +
      'have no labels in common, or a variable leaves nothing over.',
    at: empty,
  });
}

/** The first query that shows nothing of a job that exports what it reads. */
function lacksJob(c: PanelContext, answered: Answered, plan: Plan, evidence: Evidence): Verdict[] {
  const jobs = jobsNotShown(answered, plan, evidence);
  if (jobs.length === 0) return [];
  const shown = new Set(answered.series.flatMap(({ labels }) => labels['job'] ?? []));
  return [
    failed(c, HAS_DATA, 'panel-lacks-job', {
      title: `${c.panel.id} shows nothing of the job ${jobs.join(', ')}`,
      expected: `data of ${jobs.join(', ')} as well: query ${answered.query.refId} reads what is exported there`,
      seen: `series of ${[...shown].join(', ') || 'no job'} alone`,
      likelyCause:
        'The two sides of an operator have labels in common in the other jobs, and none in this.',
      at: answered,
    }),
  ];
}

/** The first other choice of a variable with which a query is refused or empty. */
function badChoice(c: PanelContext, answered: Answered): Verdict[] {
  const bad = answered.answer.choices.find(
    ({ series }) => typeof series === 'string' || series === 0,
  );
  if (!bad) return [];
  const error = typeof bad.series === 'string' ? bad.series : undefined;
  return [
    failed(c, HAS_DATA, error === undefined ? 'panel-no-data' : 'panel-error', {
      title: `${c.panel.id} shows nothing when ${bad.chosen}`,
      expected: `data for query ${answered.query.refId} with this choice as well`,
      seen: error ?? 'no series',
      likelyCause:
        'The variable is matched with = where several values need =~, or its values come from ' +
        "another metric than the query's.",
      at: answered,
    }),
  ];
}
