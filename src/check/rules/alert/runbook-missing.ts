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
        const path = link && pathIn(link.text, stack.remotes);
        if (!link || path === undefined) continue;
        const folder = path.split('/').slice(0, -1).join('/');
        // Of a folder that isn't here nobody knows.
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
 * @param remotes where this repository lies: of others nobody knows what is in them
 */
function pathIn(link: string, remotes: string[]): string | undefined {
  if (link.includes('{{')) return undefined;
  let path = link;
  if (/^https?:/.test(link)) {
    if (!URL.canParse(link)) return undefined;
    const { hostname, pathname } = new URL(link);
    const parts = pathname.split('/').filter((p) => p !== '' && p !== '-');
    const marker = parts.findIndex((p, i) => i >= 2 && ['blob', 'tree', 'raw', 'src'].includes(p));
    const repository = [hostname, ...parts.slice(0, marker)].join('/').toLowerCase();
    if (marker < 0 || !remotes.includes(repository)) return undefined;
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
