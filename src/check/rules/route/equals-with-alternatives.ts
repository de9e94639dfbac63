import { allRoutes } from '../../../alertmanager/routing.ts';
import { selectors } from '../../../promql/ast.ts';
import type { PlacedMatcher } from '../../../stack/alertmanager.ts';
import type { Place } from '../../../stack/source/value.ts';
import type { Rule } from '../../rule.ts';

export const equalsWithAlternatives: Rule = {
  id: 'route/equals-with-alternatives',
  level: 'warning',
  title: 'Alternatives behind an equals sign',
  why:
    '`=` compares the whole text: `severity="critical|page"` matches only what is literally ' +
    'named so, which is nothing.',
  mend: 'Write `=~` (or `!~`) for a regular expression.',
  check: ({ alertmanagers, expressions }, say) => {
    const judge = ({ label, op, value }: Matched, place: Place, subject?: string): void => {
      if ((op === '=' || op === '!=') && /\w\|\w/.test(value))
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

type Matched = Pick<PlacedMatcher, 'label' | 'op' | 'value'>;
