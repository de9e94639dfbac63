import type { Verdict } from '../../model/verdict.ts';
import { REQUEST_METRICS } from '../../technologies/offered.ts';
import type { MetricContext } from './context.ts';
import { always, failed, passed } from './verdicts.ts';

/** Shown of a long list. */
const SHOWN = 5;
const EXPECTATION = always('route-templates');
/** The labels that hold a route. */
const LABELS = REQUEST_METRICS.map(({ labels }) => labels.route);

/** No label holds a path as a client sent it, with an id where the route has a parameter. */
export function hasRouteTemplates(c: MetricContext): Verdict[] {
  const label = LABELS.find((one) => c.metric.labels.includes(one));
  if (label === undefined) return [];
  const names = new Set((c.evidence.k6?.counts ?? []).map(({ name }) => name));
  const templates = [...names].filter((name) => name.includes(':'));
  const paths = [...new Set(c.series.map(({ labels }) => labels[label] ?? ''))];
  const raw = paths.filter(
    (path) => !templates.includes(path) && templates.some((one) => fits(path, one)),
  );
  if (raw.length === 0) return [passed(c, EXPECTATION, `${paths.length} values of ${label}`)];
  return [
    failed(c, EXPECTATION, 'raw-path-in-label', {
      title: `${c.metric.name} of ${c.job} has raw paths as its ${label}`,
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
