import { grafanaTexts } from '../../common/grafana-texts.ts';
import { notificationTemplates, ruleTemplates } from '../../common/read-templates.ts';
import type { ReadTemplate } from '../../common/read-templates.ts';
import type { Extra, Rule } from '../../rule.ts';

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
