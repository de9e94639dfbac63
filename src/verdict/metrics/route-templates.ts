import type { Verdict } from '../../model/verdict.ts';
import type { MetricContext } from './context.ts';
import { always, failed, passed } from './verdicts.ts';

/** Shown of a long list. */
const SHOWN = 5;
const EXPECTATION = always('route-templates');

/** No label holds a path as a client sent it, with an id where the route has a parameter. */
export function hasRouteTemplates(c: MetricContext): Verdict[] {
  if (!c.metric.labels.includes('endpoint')) return [];
  const names = new Set((c.evidence.k6?.counts ?? []).map(({ name }) => name));
  const templates = [...names].filter((name) => name.includes(':'));
  const endpoints = [...new Set(c.series.map(({ labels }) => labels['endpoint']))];
  const raw = endpoints
    .map((endpoint) => endpoint ?? '')
    .filter((path) => !templates.includes(path) && templates.some((one) => fits(path, one)));
  if (raw.length === 0) return [passed(c, EXPECTATION, `${endpoints.length} endpoints`)];
  return [
    failed(c, EXPECTATION, 'raw-path-in-label', {
      title: `${c.metric.name} of ${c.job} has raw paths as its endpoint`,
      expected: "the route's template, as in /api/items/:id",
      seen: raw.slice(0, SHOWN).join(', '),
      likelyCause:
        'The label is taken from the address of the request instead of from the route that ' +
        'answered it: each id makes a series.',
    }),
  ];
}

function fits(path: string, template: string): boolean {
  const parts = path.split('/');
  const wanted = template.split('/');
  return (
    parts.length === wanted.length &&
    wanted.every((part, i) => part === parts[i] || (part.startsWith(':') && parts[i] !== ''))
  );
}
