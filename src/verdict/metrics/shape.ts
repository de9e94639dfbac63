import type { MetricType } from '../../model/contract.ts';
import type { Verdict } from '../../model/verdict.ts';
import { edgesOf } from '../buckets.ts';
import { ownLabels } from './context.ts';
import type { MetricContext } from './context.ts';
import { hasRouteTemplates } from './route-templates.ts';
import { always, failed, passed } from './verdicts.ts';

/** Shown of a long list. */
const SHOWN = 5;

/**
 * A metric at a job that should export it: there, of its type, with exactly its labels, in no more
 * series than promised.
 */
export function shape(c: MetricContext): Verdict[] {
  if (c.series.length === 0)
    return [
      failed(c, always('exported'), 'metric-missing', {
        title: `${c.job} doesn't export ${c.metric.name}`,
        query: `${c.metric.name}{job="${c.job}"}`,
        expected: `series of ${c.metric.name} with job="${c.job}"`,
        seen: 'none in the whole run',
        likelyCause:
          'The service has it under another name, relabelling drops it, ' +
          'or the contract names the wrong job.',
      }),
    ];
  return [inAllItsSeries(c), ofItsType(c), withItsLabels(c), bounded(c), ...hasRouteTemplates(c)];
}

/** Labels that have become one another's mix series up: there are fewer then. */
function inAllItsSeries(c: MetricContext): Verdict {
  const least = c.metric.least ?? 1;
  const count = c.series.length;
  if (count >= least) return passed(c, always('exported'), `${count} series`);
  const some = c.series.slice(0, SHOWN).map((s) => JSON.stringify(ownLabels(s)));
  return failed(c, always('exported'), 'metric-missing', {
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
    return passed(c, always('type'), c.metric.type);
  return failed(c, always('type'), 'metric-wrong-type', {
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
  if (others.length === 0) return inItsBuckets(c) ?? passed(c, always('labels'), wanted || 'none');
  return failed(c, always('labels'), 'metric-wrong-labels', {
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
  return failed(c, always('labels'), 'metric-wrong-labels', {
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
    return passed(c, always('series-bounded'), `${count} of at most ${c.metric.series}`);
  const some = c.series.slice(0, SHOWN).map((s) => JSON.stringify(ownLabels(s)));
  return failed(c, always('series-bounded'), 'too-many-series', {
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
