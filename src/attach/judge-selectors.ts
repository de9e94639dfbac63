import type { LiveFinding } from '../model/attach.ts';
import type { AttachContext } from './context.ts';
import {
  emptySelector,
  neededSelectors,
  unknownMetric,
  unknownMetrics,
} from './findings/selectors.ts';
import type { Needed } from './findings/selectors.ts';
import { instant } from './questions.ts';
import { silentReason } from './silence.ts';
import { unansweredOf, whyOf } from './unanswered.ts';
import { valueOf } from './vector.ts';

/**
 * Looks for the series that the rules need.
 * @param names of all metrics that there are; undefined when they couldn't be had
 */
export async function judgeSelectors(
  { reader, options, system, findings, notJudged, silence }: AttachContext,
  names: string[] | undefined,
): Promise<void> {
  if (!names) return;
  options.phase('looking for the series of the rules');
  const known = new Set(names);
  const needed = neededSelectors(system.rules);
  const tell = (one: Needed, finding: LiveFinding): void => {
    const explained = silence.explains(one.selector);
    if (explained === 'not') findings.push(finding);
    else if (explained === 'maybe')
      notJudged.push({
        what: `${finding.subject}: ${finding.title}`,
        why: silentReason(silence),
        decisive: false,
      });
  };
  for (const one of unknownMetrics(needed, system.rules, known)) tell(one, unknownMetric(one));
  const narrowed = needed.filter(
    ({ selector }) => selector.matchers.length > 0 && known.has(selector.name ?? ''),
  );
  const asked = [...new Map(narrowed.map((one) => [`${one.rule.name} ${one.text}`, one])).values()];
  const answers = await reader.ask(
    asked.map(({ text }) => instant(`count(${text})`, options.timeoutMs)),
  );
  const failed: { what: string; why: string }[] = [];
  for (const [i, one] of asked.entries()) {
    const count = valueOf(answers[i]);
    if ('error' in count) failed.push({ what: `\`${one.text}\``, why: whyOf(count) });
    else if (count.value === undefined) tell(one, emptySelector(one));
  }
  notJudged.push(...unansweredOf('the selectors of the rules', failed, asked.length));
}
