import type { MetricType } from '../../model/contract.ts';
import type { Evidence } from '../../model/evidence.ts';
import type { MetricPlan } from '../../model/metric-plan.ts';
import type { Plan } from '../../model/plan.ts';
import type { Verdict } from '../../model/verdict.ts';
import { belongs, failed, ownLabels, passed } from './context.ts';
import type { Expected, MetricContext } from './context.ts';
import { edgesOf } from './quantiles.ts';

/** Shown of a long list. */
const SHOWN = 5;

/** What is expected whatever happens in the run. */
const of = <K extends ShapeKind>(kind: K): { kind: K; phase: null } => ({ kind, phase: null });
type ShapeKind = Exclude<Expected['kind'], 'equals-truth'>;

/**
 * A metric at a job that should export it: there, of its type, with exactly its labels, in no more
 * series than promised.
 */
export function shape(c: MetricContext): Verdict[] {
  if (c.series.length === 0)
    return [
      failed(c, of('exported'), 'metric-missing', {
        title: `${c.job} doesn't export ${c.metric.name}`,
        query: `${c.metric.name}{job="${c.job}"}`,
        expected: `series of ${c.metric.name} with job="${c.job}"`,
        seen: 'none in the whole run',
        likelyCause:
          'The service has it under another name, relabelling drops it, ' +
          'or the contract names the wrong job.',
      }),
    ];
  return [inAllItsSeries(c), ofItsType(c), withItsLabels(c), bounded(c), ...rawPaths(c)];
}

/** Labels that have become one another's mix series up: there are fewer then. */
function inAllItsSeries(c: MetricContext): Verdict {
  const least = c.metric.least ?? 1;
  const count = c.series.length;
  if (count >= least) return passed(c, of('exported'), `${count} series`);
  const some = c.series.slice(0, SHOWN).map((s) => JSON.stringify(ownLabels(s)));
  return failed(c, of('exported'), 'metric-missing', {
    title: `${c.job} exports too few series of ${c.metric.name}`,
    query: `count(${c.metric.name}{job="${c.job}"})`,
    expected: `at least ${least} series`,
    seen: `${count} in the whole run: ${some.join(', ')}`,
    likelyCause:
      'A label has the same value everywhere, so that series are mixed up, or relabelling drops some.',
  });
}

function ofItsType(c: MetricContext): Verdict {
  const own = c.evidence.metadata.filter((m) => m.job === c.job && m.metric === c.metric.name);
  const types = [...new Set(own.map(({ type }) => type))];
  if (types.length > 0 && types.every((type) => type === asStored(c.metric.type)))
    return passed(c, of('type'), c.metric.type);
  return failed(c, of('type'), 'metric-wrong-type', {
    title: `${c.metric.name} of ${c.job} has another type than promised`,
    expected: c.metric.type,
    seen: types.join(', ') || 'no type at all',
    likelyCause:
      'The service registers it as another kind of metric; ' +
      '`rate` of a gauge and the value of a counter tell nothing.',
  });
}

function withItsLabels(c: MetricContext): Verdict {
  const wanted = [...c.metric.labels].sort().join(', ');
  const labels = new Set(c.all.map((s) => Object.keys(ownLabels(s)).sort().join(', ')));
  const others = [...labels].filter((names) => names !== wanted);
  if (others.length === 0) return inItsBuckets(c) ?? passed(c, of('labels'), wanted || 'none');
  return failed(c, of('labels'), 'metric-wrong-labels', {
    title: `${c.metric.name} of ${c.job} has other labels than promised`,
    expected: wanted || 'no labels but job and instance',
    seen: others
      .slice(0, SHOWN)
      .map((names) => names || 'none')
      .join('; '),
    likelyCause:
      'The service or relabelling adds or drops a label. Each label too many multiplies ' +
      'the series; one too few breaks what is grouped by it.',
  });
}

/** The bounds that a histogram's buckets must have; undefined where it has them all. */
function inItsBuckets(c: MetricContext): Verdict | undefined {
  const edges = edgesOf(c.all);
  const missing = (c.metric.buckets ?? []).filter((bound) => !edges.includes(bound));
  if (missing.length === 0) return undefined;
  return failed(c, of('labels'), 'metric-wrong-labels', {
    title: `${c.metric.name} of ${c.job} has no bucket up to ${missing.join(', ')}`,
    expected: `buckets up to ${(c.metric.buckets ?? []).join(', ')}, others aside`,
    seen: edges.map((edge) => (edge === Infinity ? '+Inf' : String(edge))).join(', '),
    likelyCause:
      'The service defines other buckets, or relabelling drops some: no quantile lies beyond the ' +
      'highest, and an alert with a limit there never fires.',
  });
}

function bounded(c: MetricContext): Verdict {
  const count = c.series.length;
  if (count <= c.metric.series)
    return passed(c, of('series-bounded'), `${count} of at most ${c.metric.series}`);
  const some = c.series.slice(0, SHOWN).map((s) => JSON.stringify(ownLabels(s)));
  return failed(c, of('series-bounded'), 'too-many-series', {
    title: `${c.metric.name} of ${c.job} has more series than promised`,
    query: `count(${c.metric.name}{job="${c.job}"})`,
    expected: `at most ${c.metric.series}, whatever is asked of the service`,
    seen: `${count}: ${some.join(', ')}, …`,
    likelyCause:
      'A label takes a value from outside: an id, a path, a user. ' +
      'Every such value makes a series that stays.',
  });
}

/** What Prometheus calls a type (textparse, `untyped` is `unknown`). */
function asStored(type: MetricType): string {
  return type === 'untyped' ? 'unknown' : type;
}

/** No label holds a path as a client sent it, with an id where the route has a parameter. */
function rawPaths(c: MetricContext): Verdict[] {
  if (!c.metric.labels.includes('endpoint')) return [];
  const templates = [...new Set((c.evidence.k6?.counts ?? []).map((count) => count.name))].filter(
    (name) => name.includes(':'),
  );
  const raw = [...new Set(c.series.map((s) => s.labels['endpoint'] ?? ''))].filter(
    (path) => !templates.includes(path) && templates.some((template) => fits(path, template)),
  );
  if (raw.length === 0)
    return [
      passed(
        c,
        of('route-templates'),
        `${new Set(c.series.map((s) => s.labels['endpoint'])).size} endpoints`,
      ),
    ];
  return [
    failed(c, of('route-templates'), 'raw-path-in-label', {
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

/** Nobody exports a metric that isn't theirs. One verdict for each metric. */
export function noForeigners(plan: Plan, evidence: Evidence, metric: MetricPlan): Verdict {
  const jobs = [
    ...new Set(
      evidence.metrics
        .filter((s) => belongs(s, metric) && !metric.jobs.includes(s.labels['job'] ?? ''))
        .map((s) => s.labels['job'] ?? ''),
    ),
  ];
  const c = { metric, job: metric.jobs.length === 1 ? (metric.jobs[0] ?? '') : 'others' };
  if (jobs.length === 0)
    return passed(
      c,
      of('only-its-owners'),
      `${plan.jobs.length - metric.jobs.length} other jobs don't`,
    );
  return failed({ metric, job: jobs[0] ?? '' }, of('only-its-owners'), 'metric-foreign', {
    title: `${jobs.join(', ')} exports ${metric.name}, which isn't theirs`,
    query: `count by (job) (${metric.name})`,
    expected: `${metric.name} from ${metric.jobs.join(', ')} and nobody else`,
    seen: `also from ${jobs.join(', ')}`,
    likelyCause:
      'A shared library registers it in every service. A gauge that is exported and never set ' +
      'reads 0, and fires alerts.',
  });
}
