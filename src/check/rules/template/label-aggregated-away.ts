import { surelyLacks } from '../../../promql/label-set.ts';
import { labelsOf } from '../../../promql/labels.ts';
import { sayLostLabels } from '../../common/grafana-texts.ts';
import { eachTemplate } from '../../common/template-texts.ts';
import type { Rule } from '../../rule.ts';

export const lostLabel: Rule = {
  id: 'template/label-aggregated-away',
  level: 'error',
  title: 'A text that names a label which the expression does not keep',
  why: 'The place stays empty in the notification: whoever is woken reads "disk  of  is full".',
  mend: 'Keep the label in the expression (`by (…)`), or leave it out of the text.',
  check: (stack, say) => {
    sayLostLabels(stack, say);
    eachTemplate(stack, (rule, uses, at) => {
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
