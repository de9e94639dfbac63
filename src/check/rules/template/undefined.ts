import { definitions, templateUses } from '../../../go-template/uses.ts';
import { nearest } from '../../../lib/nearest.ts';
import { notificationTemplates } from '../../common/read-templates.ts';
import type { Rule } from '../../rule.ts';

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
