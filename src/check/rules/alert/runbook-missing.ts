import { alertsOf, subjectOf } from '../../../stack/alerts.ts';
import type { Rule } from '../../rule.ts';

export const runbookMissing: Rule = {
  id: 'alert/runbook-missing',
  level: 'error',
  title: 'A runbook that is not there',
  why: 'Whoever is woken follows the link and finds nothing.',
  mend: 'Write the page, or correct the link.',
  check: (stack, say) => {
    for (const rule of alertsOf(stack))
      for (const key of ['runbook_url', 'runbook']) {
        const link = rule.annotations.get(key);
        const path = link && pathIn(link.text);
        if (!link || path === undefined) continue;
        const folder = path.split('/').slice(0, -1).join('/');
        // Of a folder that isn't here nobody knows: the link leads to another repository.
        if (
          stack.repositoryPath(path) === 'absent' &&
          folder !== '' &&
          stack.repositoryPath(folder) === 'folder'
        )
          say(link.value.place, `there is no page ${path}`, { subject: subjectOf(rule) });
      }
  },
};

/**
 * The path in a repository of a link to one of its pages:
 * `https://host/owner/repo/blob/main/docs/x.md#part` → `docs/x.md`.
 */
function pathIn(link: string): string | undefined {
  if (link.includes('{{')) return undefined;
  let path = link;
  if (/^https?:/.test(link)) {
    if (!URL.canParse(link)) return undefined;
    const parts = new URL(link).pathname.split('/').filter((p) => p !== '' && p !== '-');
    const marker = parts.findIndex((p, i) => i >= 2 && ['blob', 'tree', 'raw', 'src'].includes(p));
    if (marker < 0) return undefined;
    path = parts
      .slice(marker + (parts[marker] === 'src' && parts[marker + 1] === 'branch' ? 3 : 2))
      .join('/');
  }
  const plain = path.split('#')[0]?.replace(/^\.?\//, '') ?? '';
  try {
    return /\.(md|html?|adoc|rst)$/.test(plain) ? decodeURIComponent(plain) : undefined;
  } catch {
    return undefined;
  }
}
