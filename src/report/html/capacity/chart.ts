import { median } from '../../../lib/statistics.ts';
import type { DimensionResult } from '../../../model/capacity.ts';
import { FIGURES } from '../../../model/figures.ts';
import type { FigureName, FigureUnit } from '../../../model/figures.ts';

/** What the page's script draws one graph from: figures against the load. */
export interface LoadChart {
  title: string;
  unit: FigureUnit;
  loadUnit: string;
  /** Whether the figures' axis is logarithmic: of what goes over several powers of ten. */
  log: boolean;
  loads: number[];
  curves: { name: string; values: (number | null)[] }[];
  limits: { title: string; value: number }[];
  /** The load of the saturation point; null when it wasn't found. */
  saturationPoint: number | null;
}

/** Which figures stand together, in one unit. */
const GROUPS: { title: string; figures: FigureName[]; log?: true }[] = [
  {
    title: 'Response time',
    figures: [
      'latencyP50Seconds',
      'latencyP95Seconds',
      'latencyP99Seconds',
      'latencyP999Seconds',
      'servedP95Seconds',
    ],
    log: true,
  },
  { title: 'Errors', figures: ['errorShare', 'refusedShare', 'droppedShare', 'servedErrorShare'] },
  { title: 'Throughput', figures: ['offeredPerSecond', 'achievedPerSecond'] },
  { title: 'CPU', figures: ['subjectCpuCores', 'generatorCpuCores', 'harnessCpuCores'] },
  { title: 'Memory', figures: ['subjectMemoryBytes'] },
  { title: 'Event loop lag', figures: ['eventLoopLagP99Seconds'], log: true },
  { title: 'Connections', figures: ['connections'] },
  { title: 'Samples', figures: ['samplesExpectedPerSecond', 'samplesPerSecond'] },
  { title: 'Series', figures: ['headSeries'] },
  { title: 'Scrapes', figures: ['scrapeP99Seconds'], log: true },
  { title: 'Rule evaluation', figures: ['ruleEvaluationSeconds'], log: true },
  { title: 'Queries', figures: ['queryP95Seconds'], log: true },
  {
    title: 'Of what there is',
    figures: [
      'scrapeShareOfInterval',
      'ruleShareOfInterval',
      'machineCpuShare',
      'machineMemoryShare',
      'openFilesShare',
    ],
  },
  {
    title: 'Of what should be',
    figures: ['samplesShare', 'ruleEvaluationsShare', 'targetsUpShare'],
  },
];

/**
 * A graph for each group of figures of which anything was measured; steps that don't count aren't
 * drawn, of several at one load the median is.
 */
export function chartsOf({ dimension, steps, saturationPoint }: DimensionResult): LoadChart[] {
  const counted = steps.filter(({ verdict }) => verdict.outcome !== 'invalid');
  const loads = [...new Set(counted.map(({ measurement }) => measurement.load))].sort(
    (a, b) => a - b,
  );
  return GROUPS.flatMap(({ title, figures, log }): LoadChart[] => {
    const curves = figures.flatMap((figure) => {
      const values = loads.map((load) => {
        const own = counted.flatMap(({ measurement }) =>
          measurement.load === load ? (measurement.figures[figure] ?? []) : [],
        );
        return own.length === 0 ? null : median(own);
      });
      return values.every((value) => value === null)
        ? []
        : [{ name: FIGURES[figure].title, values }];
    });
    const [first] = figures;
    if (curves.length === 0 || !first) return [];
    const limits = dimension.limits
      .filter((limit) => figures.includes(limit.figure))
      .map(({ alert, title: name, value }) => ({ title: alert ?? name, value }));
    return [
      {
        title,
        unit: FIGURES[first].unit,
        loadUnit: dimension.unit,
        log: log ?? false,
        loads,
        curves,
        limits: limits.filter(
          (limit, i) =>
            limits.findIndex(
              (other) => other.title === limit.title && other.value === limit.value,
            ) === i,
        ),
        saturationPoint:
          saturationPoint.kind === 'inconclusive' || saturationPoint.load === 0
            ? null
            : saturationPoint.load,
      },
    ];
  });
}
