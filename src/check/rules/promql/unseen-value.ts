import { selectors } from '../../../promql/ast.ts';
import { unexported } from '../../../stack/unexported.ts';
import { meantLabel } from '../../common/meant-label.ts';
import type { Rule } from '../../rule.ts';

export const unseenValue: Rule = {
  id: 'promql/unseen-value',
  level: 'advice',
  title: 'A value that was not there when /metrics was saved',
  why: 'It may come later; it may as well be a slip, and then the expression never gives a value.',
  mend: 'Compare it with the values in the saved text.',
  check: (stack, say) => {
    for (const expression of stack.expressions)
      for (const selector of expression.expr ? selectors(expression.expr) : [])
        for (const { matcher, kind, have } of unexported(selector, stack.metrics)) {
          const { label, op, value } = matcher;
          const none = `no saved series of \`${selector.name ?? ''}\` has`;
          const { subject } = expression;
          if (kind === 'unseen-value')
            say(
              expression.at(matcher),
              `${none} ${label} ${op === '=~' ? 'like ' : ''}\`${value}\``,
              { subject, mend: `Seen were: ${have.slice(0, 10).join(', ')}.` },
            );
          if (kind === 'unseen-label')
            say(expression.at(matcher), `${none} the label \`${label}\``, {
              subject,
              mend: meantLabel(label, new Set(have)),
            });
        }
  },
};
