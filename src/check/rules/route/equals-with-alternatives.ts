import { allRoutes } from '../../../alertmanager/routing.ts';
import { selectors } from '../../../promql/ast.ts';
import type { PlacedMatcher } from '../../../stack/alertmanager.ts';
import type { Place } from '../../../stack/source/value.ts';
import type { Rule } from '../../rule.ts';

export const equalsWithAlternatives: Rule = {
  id: 'route/equals-with-alternatives',
  level: 'warning',
  title: 'Alternatives or a pattern behind an equals sign',
  why:
    '`=` compares the whole text: `severity="critical|page"` and `job="node.*"` match only what is ' +
    'literally named so, which is nothing.',
  mend: 'Write `=~` (or `!~`) for a regular expression.',
  check: ({ alertmanagers, expressions }, say) => {
    const judge = ({ label, op, value }: Matched, place: Place, subject?: string): void => {
      if ((op === '=' || op === '!=') && isPattern(label, value))
        say(
          place,
          `\`${label}${op}"${value}"\` compares with the text as it is; is \`${op === '=' ? '=~' : '!~'}\` meant?`,
          subject === undefined ? {} : { subject },
        );
    };
    for (const { route, inhibitions } of alertmanagers) {
      const matchers = [
        ...(route ? allRoutes(route).flatMap((one) => one.matchers) : []),
        ...inhibitions.flatMap((one) => [...one.source, ...one.target]),
      ];
      for (const matcher of matchers) judge(matcher, matcher.place);
    }
    for (const expression of expressions)
      for (const { matchers } of expression.expr ? selectors(expression.expr) : [])
        for (const matcher of matchers) judge(matcher, expression.at(matcher), expression.subject);
  },
};

/** Labels whose values are names, in which no star stands. */
const NAMES = new Set([
  ...['alertname', 'severity', 'job', 'instance', 'service', 'team', 'cluster', 'environment'],
  ...['namespace', 'pod', 'container', 'node', 'deployment', 'statefulset', 'daemonset'],
]);

/**
 * Whether a text looks like a regular expression. Other labels may have such values: the route
 * `/api/.*` of a service, the verb `*` of a role.
 */
function isPattern(label: string, value: string): boolean {
  if (/\w\|\w/.test(value)) return true;
  return NAMES.has(label) && (/\.[*+]/.test(value) || value.endsWith('*'));
}

type Matched = Pick<PlacedMatcher, 'label' | 'op' | 'value'>;
