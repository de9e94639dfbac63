import { brokenWords, promisesOf, testFiles } from '../../check/index.ts';
import { bodyOf } from '../../mutate/body.ts';
import { alertSubject, ruleText } from '../../mutate/judge/subject.ts';
import type { Subject } from '../../mutate/judge/subject.ts';
import { groupBy } from '../../lib/group-by.ts';
import { neededRules, problemOf, recordedBy } from '../../solve/index.ts';
import type { Stack } from '../../stack/index.ts';

/** Each alert that the contract speaks of, held against its word. */
export function contractSubjects(stack: Stack): Subject[] {
  const promises = promisesOf(stack);
  if (!promises) return [];
  const problem = problemOf(stack);
  const recorded = recordedBy(problem.rules);
  return [...groupBy(promises.tests.groups, (group) => group.alert)].flatMap(([alert, groups]) => {
    const rule = problem.rules.find(({ kind, ref }) => kind === 'alert' && ref.name === alert);
    if (!rule) return [];
    return alertSubject({
      alert,
      rules: [...neededRules(rule, recorded), rule].flatMap(({ ref: { index } }) => {
        const own = stack.rules[index];
        return own ? [{ index, text: ruleText(bodyOf(own)) }] : [];
      }),
      evaluationMs: rule.evaluationMs,
      words: (output) => brokenWords(groups, output),
      ...levelsOf(alert, stack),
      testFile: (path, evaluationMs) =>
        testFiles(
          groups.map((group) => ({ ...group, evaluationMs })),
          [path],
        )
          .map(({ text }) => text)
          .join('\n'),
      // Where the contract doesn't say what people read, a text is held against the labels alone.
      ...(groups.some(({ readings }) => readings.length > 0)
        ? {}
        : { printable: new Set(['alertname', ...groups.flatMap(labelsIn)]) }),
    });
  });
}

/** The levels that the contract names; none where it names no two. */
function levelsOf(alert: string, { contract }: Stack): Pick<Subject, 'levels'> {
  const stimulus = contract?.root.at('alerts', alert, 'stimulus');
  const [near, over] = ['near', 'over'].map((key) => stimulus?.get(key).number());
  return near === undefined || over === undefined
    ? {}
    : { levels: { stimulus: stimulus?.get('kind').text() ?? 'its stimulus', near, over } };
}

/** Labels that the statements about an alert name. */
function labelsIn({ assertions }: { assertions: { expr: string }[] }): string[] {
  return assertions.flatMap(({ expr }) =>
    [...expr.matchAll(/(\w+)="/g)].map(([, label = '']) => label),
  );
}
