import { scaleOf } from '../../../promql/scale.ts';
import { eachTemplate, isPercentSign } from '../../common/template-texts.ts';
import type { Rule } from '../../rule.ts';

const FORMS = {
  share: 'humanizePercentage',
  percent: 'printf "%.1f"',
  bytes: 'humanize1024',
  fraction: 'humanize',
};

const SCALES = {
  share: 'a share of 1',
  percent: 'a percentage',
  bytes: 'in bytes',
  fraction: 'no whole number',
};

export const rawValue: Rule = {
  id: 'template/raw-value',
  level: 'warning',
  title: 'A value printed as the computer holds it',
  why: 'People read 0.8333333333333334 or 1.2884901888e+10 at night, and have to work out what it means.',
  mend:
    'Give it a form: `{{ $value | humanizePercentage }}` for a share, `humanize1024` for ' +
    'bytes, `humanize` or `printf "%.1f"` for the rest.',
  check: (stack, say) => {
    eachTemplate(stack, (rule, uses, at) => {
      const scale = rule.expression.expr && scaleOf(rule.expression.expr);
      if (scale)
        for (const { action, raw, after } of uses.values) {
          // A share before a `%` is worse than raw: the next rule tells.
          if (!raw || (scale === 'share' && isPercentSign(after))) continue;
          const place = at(action);
          const form =
            scale === 'percent' ? '{{ $value | printf "%.1f" }}' : `{{ $value | ${FORMS[scale]} }}`;
          const source = place.file.text.slice(place.from, place.to);
          const quoted =
            form.includes('"') &&
            place.file.text.slice(0, place.from).split('\n').at(-1)?.includes('"');
          const simple = /^\{\{\s*\$value\s*\}\}$/.test(source) && !quoted;
          say(place, `the value is printed raw; it is ${SCALES[scale]}`, {
            subject: `alert ${rule.name}`,
            mend: `Write \`${form}\`.`,
            ...(simple
              ? { fix: { title: form, edits: [{ from: place.from, to: place.to, text: form }] } }
              : {}),
          });
        }
    });
  },
};
