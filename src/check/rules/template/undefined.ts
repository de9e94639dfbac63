import { posix } from 'node:path';
import { definitions, templateUses } from '../../../go-template/uses.ts';
import { matchesGlob } from '../../../lib/glob.ts';
import { nearest } from '../../../lib/nearest.ts';
import type { Stack } from '../../../stack/index.ts';
import { placesInStack } from '../../../stack/mounts.ts';
import type { SourceFile } from '../../../stack/source/source-file.ts';
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
      stack.alertmanagers.every(({ root }) =>
        root
          .get('templates')
          .texts()
          .every(({ text }) => isHere(text, root.file, stack)),
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

/** Whether what a pattern names lies in the stack: what lies elsewhere may define anything. */
function isHere(pattern: string, from: SourceFile, { templates, composes }: Stack): boolean {
  // What a resource of a cluster holds has no path but its name.
  if (from.embedding)
    return templates.some(({ name }) => name.endsWith(posix.basename(pattern).replace(/^\*/, '')));
  const places = placesInStack(composes, from, '/etc/alertmanager', pattern);
  return templates.some(({ path }) => places.some((place) => matchesGlob(path, place)));
}
