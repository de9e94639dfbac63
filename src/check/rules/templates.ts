import { labelsOf } from '../../promql/labels.ts';
import { surelyLacks } from '../../promql/label-set.ts';
import { scaleOf } from '../../promql/scale.ts';
import { oncePer } from '../../lib/once-per.ts';
import { nearest } from '../../lib/nearest.ts';
import type { Place } from '../../stack/source/value.ts';
import { grafanaTexts, sayLostLabels } from './grafana-alerts.ts';
import { notificationTemplates, ruleTemplates } from '../read-templates.ts';
import type { ReadTemplate } from '../read-templates.ts';
import type { Extra, Rule } from '../rule.ts';
import type { Stack } from '../../stack/index.ts';
import type { Rule as PrometheusRule } from '../../stack/rules.ts';
import { definitions, templateUses, usesOf } from '../../go-template/uses.ts';
import type { Template } from '../../go-template/parse.ts';
import type { Uses } from '../../go-template/uses.ts';

export const templateSyntax: Rule = {
  id: 'template/syntax',
  level: 'error',
  title: 'A template that does not parse',
  why: 'Prometheus refuses the rule file, or sends the error in the place of the text; Alertmanager sends nothing.',
  mend: 'Write it as a Go template, with functions and variables that are known here.',
  check: (stack, say) => {
    const told = ({ template: { error }, at }: ReadTemplate, extra: Extra): void => {
      if (error) say(at(error), `the template doesn't parse: ${error.message}`, extra);
    };
    for (const one of ruleTemplates(stack)) told(one, { subject: one.subject });
    for (const one of notificationTemplates(stack)) told(one, {});
    for (const { title, template, at } of grafanaTexts(stack))
      told({ template, at }, { subject: `alert ${title}` });
  },
};

export const undefinedTemplate: Rule = {
  id: 'template/undefined',
  level: 'error',
  title: 'A template that nobody defines',
  why: 'Alertmanager fails at the moment of the notification, and nobody is told.',
  mend: 'Correct the name, or define it in a file that `templates` names.',
  check: (stack, say) => {
    const read = notificationTemplates(stack);
    const names = read.flatMap(({ template }) => definitions(template.nodes).map((d) => d.name));
    // A file that doesn't parse may have defined it; one that isn't there, too.
    const complete =
      read.every((r) => !r.template.error) &&
      stack.alertmanagers
        .flatMap(({ root }) => root.get('templates').texts())
        .every(({ text }) =>
          stack.templates.some((f) =>
            f.name.endsWith(text.replace(/^.*\//, '').replace(/^\*/, '')),
          ),
        );
    if (!complete) return;
    for (const { template, at } of read)
      for (const use of templateUses(template.nodes)) {
        if (names.includes(use.name) || /^__|\.default\./.test(use.name)) continue;
        const close = nearest(use.name, names);
        say(
          at(use),
          `no template \`${use.name}\` is defined${close === undefined ? '' : `; is \`${close}\` meant?`}`,
        );
      }
  },
};

export const lostLabel: Rule = {
  id: 'template/label-aggregated-away',
  level: 'error',
  title: 'A text that names a label which the expression does not keep',
  why: 'The place stays empty in the notification: whoever is woken reads "disk  of  is full".',
  mend: 'Keep the label in the expression (`by (…)`), or leave it out of the text.',
  check: (stack, say) => {
    sayLostLabels(stack, say);
    eachText(stack, (rule, uses, at) => {
      const labels = rule.expression.expr && labelsOf(rule.expression.expr, stack.metrics.labels);
      if (labels)
        for (const use of uses.labels) {
          if (
            use.name === '__name__' ||
            uses.optional.has(use.name) ||
            !surelyLacks(labels, use.name)
          )
            continue;
          const kept = [...(labels.may ?? [])];
          const own = rule.labels.has(use.name) || use.name === 'alertname';
          say(
            at(use),
            `\`${use.name}\` is always empty ` +
              `here${own ? ': `$labels` holds what the expression gives, not the labels that the rule adds' : ''}`,
            {
              subject: `alert ${rule.name}`,
              mend:
                `Keep the label in the expression (\`by (…)\`), or leave it out of the text. ` +
                `${kept.length === 0 ? 'The expression keeps no label.' : `It keeps ${kept.join(', ')}.`}`,
            },
          );
        }
    });
  },
};

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
    eachText(stack, (rule, uses, at) => {
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

export const wrongPercent: Rule = {
  id: 'template/wrong-percent',
  level: 'error',
  title: 'A percentage that is wrong by a hundred',
  why: 'A share of 0.83 reads "0.83%", or a value that is in per cent already reads "8300%".',
  mend:
    '`humanizePercentage` multiplies by 100 and adds the sign: use it for shares of 1, and ' +
    '`printf "%.1f"` with a `%` for what is in per cent.',
  check: (stack, say) => {
    eachText(stack, (rule, uses, at) => {
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

function eachText(
  stack: Stack,
  visit: (rule: PrometheusRule, uses: Uses, at: ReadTemplate['at']) => void,
): void {
  for (const { rule, template, at } of ruleTemplates(stack))
    if (rule.kind === 'alert' && !template.error) visit(rule, usesIn(template), at);
}

/** Several rules look at the same uses. */
const usesIn = oncePer(({ nodes }: Template) => usesOf(nodes));

/** A sign or the word for it; `%20` is a blank of a link. */
function isPercentSign(after: string): boolean {
  return /^\s?(%(?![\dA-F]{2})|percent\b|per cent\b)/.test(after);
}

/** Takes out the `%` right behind a place, if it is written there as it is. */
function secondSign({ file, to }: Place): Extra {
  return file.text[to] === '%'
    ? { fix: { title: 'one %', edits: [{ from: to, to: to + 1, text: '' }] } }
    : {};
}
