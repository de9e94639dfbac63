import type { Verdict } from '../../model/verdict.ts';
import { unlessBlind } from './blind.ts';
import { badChoice } from './choices.ts';
import { failed, passed, unjudgedPanel } from './verdicts.ts';
import type { Answered, PanelContext } from './context.ts';
import { HAS_DATA } from './expected.ts';
import { lacksJob } from './jobs.ts';

/**
 * Each query is answered, and shows something, unless the contract says why not; also with other
 * choices of the variables; and something of each job that exports all it reads.
 */
export function hasData(c: PanelContext): Verdict[] {
  const broken = c.answered.find(({ answer }) => answer.error !== null);
  if (broken) return [notAnswered(c, broken)];
  const empty = c.answered.find(
    ({ series }) =>
      !series.some(({ samples }) => samples.some(([, value]) => !Number.isNaN(value))),
  );
  const promised = c.panel.promised?.empty ?? null;
  if (promised !== null)
    return [empty ? passed(c, HAS_DATA, `empty: ${promised}`) : notEmpty(c, promised)];
  if (empty) return [showsNothing(c, empty)];
  const bad = c.answered.flatMap((answered) => badChoice(c, answered))[0];
  if (bad) return [bad];
  const partial = c.answered.flatMap((answered) => lacksJob(c, answered))[0];
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
  const verdict = failed(c, HAS_DATA, 'panel-no-data', {
    title: `${c.panel.id} shows nothing`,
    expected: `data for query ${empty.query.refId} from T0 to the end`,
    seen: 'no series',
    likelyCause:
      'No job exports the metric under this name and these labels, two sides of an operator ' +
      'have no labels in common, or a variable leaves nothing over.',
    at: empty,
  });
  const { query, answer } = empty;
  if (!query.instant) return verdict;
  return unlessBlind(verdict, query.runExpr, answer.askedAt ?? c.evidence.endedAt, c);
}
