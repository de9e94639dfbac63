import { scaleOf } from '../../../promql/scale.ts';
import type { Place } from '../../../stack/source/value.ts';
import { eachTemplate, isPercentSign } from '../../common/template-texts.ts';
import type { Extra, Rule } from '../../rule.ts';

export const wrongPercent: Rule = {
  id: 'template/wrong-percent',
  level: 'error',
  title: 'A percentage that is wrong by a hundred',
  why: 'A share of 0.83 reads "0.83%", or a value that is in per cent already reads "8300%".',
  mend:
    '`humanizePercentage` multiplies by 100 and adds the sign: use it for shares of 1, and ' +
    '`printf "%.1f"` with a `%` for what is in per cent.',
  check: (stack, say) => {
    eachTemplate(stack, (rule, uses, at) => {
      const scale = rule.expression.expr && scaleOf(rule.expression.expr);
      for (const { action, functions, after } of uses.values) {
        const multiplied = functions.includes('humanizePercentage');
        const sign = isPercentSign(after);
        const subject = `alert ${rule.name}`;
        if (multiplied && scale === 'percent')
          say(
            at(action),
            'the value is in per cent already, and `humanizePercentage` multiplies it by 100',
            { subject },
          );
        else if (multiplied && sign)
          say(at(action), '`humanizePercentage` writes the sign itself: two stand here', {
            subject,
            ...secondSign(at(action)),
          });
        else if (scale === 'bytes' && sign)
          say(at(action), 'a number of bytes is printed before a `%`', {
            subject,
            mend: 'Divide by the whole and print the share, or leave the sign out: `{{ $value | humanize1024 }}B`.',
          });
        else if (!multiplied && scale === 'share' && sign)
          say(at(action), 'a share of 1 is printed before a `%`', { subject });
      }
    });
  },
};

/** Takes out the `%` right behind a place, if it is written there as it is. */
function secondSign({ file, to }: Place): Extra {
  return file.text[to] === '%'
    ? { fix: { title: 'one %', edits: [{ from: to, to: to + 1, text: '' }] } }
    : {};
}
