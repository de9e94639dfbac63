import { nearest } from '../../lib/nearest.ts';
import type { Rule } from '../rule.ts';
import { allRoutes } from '../../alertmanager/routing.ts';
import { USUAL_SEVERITIES, alertsOf, nameOf, subjectOf } from '../../stack/alerts.ts';

export const noSummary: Rule = {
  id: 'alert/no-summary',
  level: 'warning',
  title: 'An alert without a summary',
  why: 'Whoever is woken reads a name and labels, and has to guess what is wrong.',
  mend: 'Add an annotation `summary` that says what is wrong, and where.',
  check: (stack, say) => {
    for (const rule of alertsOf(stack))
      if (!['summary', 'message', 'title'].some((key) => rule.annotations.get(key)?.text.trim()))
        say(nameOf(rule), `${rule.name} has no summary`, { subject: subjectOf(rule) });
  },
};

export const noDescription: Rule = {
  id: 'alert/no-description',
  level: 'advice',
  title: 'An alert without a description',
  why: 'The summary says what; the value and what follows from it belong somewhere too.',
  mend: 'Add an annotation `description` with the value and what it means.',
  check: (stack, say) => {
    for (const rule of alertsOf(stack))
      if (
        rule.annotations.has('summary') &&
        !['description', 'message'].some((key) => rule.annotations.get(key)?.text.trim())
      )
        say(nameOf(rule), `${rule.name} has no description`, { subject: subjectOf(rule) });
  },
};

export const noSeverity: Rule = {
  id: 'alert/no-severity',
  level: 'warning',
  title: 'An alert without a severity',
  why: 'The severity decides who is woken. Without it the alert goes wherever the last route leads.',
  mend: 'Add a label `severity`.',
  check: (stack, say) => {
    for (const rule of alertsOf(stack))
      if (!rule.labels.get('severity')?.text.trim())
        say(nameOf(rule), `${rule.name} has no severity`, { subject: subjectOf(rule) });
  },
};

export const unknownSeverity: Rule = {
  id: 'alert/unknown-severity',
  level: 'error',
  title: 'A severity that no route knows',
  why: 'No route asks for it, so the alert is told to whom the rest goes, and perhaps to nobody who is awake.',
  mend: 'Use a severity that a route or an inhibition names, or add a route for it.',
  check: (stack, say) => {
    const { alertmanagers, contract } = stack;
    const matchers = alertmanagers
      .flatMap(({ route, inhibitions }) => [
        ...(route ? allRoutes(route).flatMap((r) => r.matchers) : []),
        ...inhibitions.flatMap((i) => [...i.source, ...i.target]),
      ])
      .filter((m) => m.label === 'severity');
    // Where no route asks for a severity, each is as good as the other.
    if (matchers.length === 0) return;
    const promised =
      contract?.root
        .get('alerts')
        .entries()
        .flatMap((e) => e.value.get('severity').text() ?? []) ?? [];
    const known = [
      ...new Set([
        ...matchers.flatMap((m) => m.value.split('|')),
        ...promised,
        ...USUAL_SEVERITIES,
      ]),
    ];
    for (const rule of alertsOf(stack)) {
      const severity = rule.labels.get('severity');
      if (
        !severity ||
        severity.text === '' ||
        severity.text.includes('{{') ||
        known.includes(severity.text)
      )
        continue;
      // A pattern in a route may take it all the same.
      if (matchers.some((m) => m.op.endsWith('~') && /[^\w|-]/.test(m.value))) continue;
      const close = nearest(severity.text, known);
      say(
        severity.value.place,
        `no route knows the severity \`${severity.text}\`${close === undefined ? '' : `; is \`${close}\` meant?`}`,
        { subject: subjectOf(rule) },
      );
    }
  },
};

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
