import type { Dimension, Limit } from '../../model/dimension.ts';
import type { FigureName } from '../../model/figures.ts';
import type { ScrapedDimension } from '../../technologies/load.ts';
import { SCRAPED_DIMENSIONS } from '../../technologies/offered.ts';
import type { Spec } from '../../model/spec.ts';

const TOLERANCE = 0.08;
/** Scrapes before the measured part, and in it. */
const [WARM_SCRAPES, MEASURED_SCRAPES] = [3, 4];
/**
 * Evaluations of the slowest group before the measured part: what loading other rules costs is over
 * then.
 */
const WARM_EVALUATIONS = 3;

const limit = (title: string, figure: FigureName, bound: Limit['bound'], value: number): Limit => ({
  title,
  figure,
  part: null,
  bound,
  value,
  alert: null,
  source: null,
});

/** What the machine must keep free, whatever the load is. */
const MACHINE = [
  limit('memory of the machine', 'machineMemoryShare', 'at most', 0.7),
  limit('CPU of the machine', 'machineCpuShare', 'at most', 0.8),
];
/**
 * What is scraped must come, all of it and in time; and the stack's own rules must still be
 * evaluated.
 */
const SCRAPED = [
  limit('samples stored of expected', 'samplesShare', 'at least', 0.99),
  limit('targets up', 'targetsUpShare', 'at least', 0.99),
  limit('scrape p99 of its interval', 'scrapeShareOfInterval', 'at most', 0.5),
  limit('rule evaluation of its interval', 'ruleShareOfInterval', 'at most', 1),
  limit('open files of what Prometheus may have', 'openFilesShare', 'at most', 0.9),
];
const EVALUATED = [
  limit('rules evaluated of those due', 'ruleEvaluationsShare', 'at least', 0.99),
  limit('rule evaluation of its interval', 'ruleShareOfInterval', 'at most', 1),
];
const ANSWERED = [
  limit('dashboard query p95', 'queryP95Seconds', 'at most', 1),
  limit('dashboard queries that failed', 'errorShare', 'at most', 0.01),
];

/**
 * The monitoring itself: what is scraped, evaluated, and looked at. Each in a Prometheus of its
 * own, with the stack's own rules.
 */
export function monitoringDimensions(spec: Spec): Dimension[] {
  return [
    ...SCRAPED_DIMENSIONS.flatMap((offered) => scrapedDimensions(offered, spec)),
    {
      id: 'targets',
      title: 'targets, of 25 series each',
      unit: 'targets',
      need: 'targets',
      start: 20_000,
      max: 200_000,
      tolerance: TOLERANCE,
      ...scrapes(spec, 10),
      limits: [...SCRAPED, ...MACHINE],
    },
    {
      id: 'rules',
      title: "rules like the stack's own",
      unit: 'rules',
      need: 'rules',
      start: 32_000,
      max: 1_000_000,
      tolerance: TOLERANCE,
      ...evaluations(spec, 30),
      limits: [...EVALUATED, ...MACHINE],
    },
    {
      id: 'rules/light',
      title: 'rules that look at one series',
      unit: 'rules',
      need: null,
      start: 250_000,
      max: 10_000_000,
      tolerance: TOLERANCE,
      ...evaluations(spec, 30),
      limits: [...EVALUATED, ...MACHINE],
    },
    {
      id: 'viewers',
      title: 'people with a dashboard open',
      unit: 'viewers',
      need: 'viewers',
      start: 200,
      max: 100_000,
      tolerance: TOLERANCE,
      speed: 1,
      warmUpMs: 3_000,
      measuredMs: 8_000,
      limits: [...ANSWERED, ...MACHINE],
    },
  ];
}

type Times = Pick<Dimension, 'speed' | 'warmUpMs' | 'measuredMs'>;

/** Some scrapes before the measured part, and in it. */
function scrapes({ prometheus }: Spec, speed: number): Times {
  const intervalMs = prometheus.scrapeIntervalMs / speed;
  return {
    speed,
    warmUpMs: WARM_SCRAPES * intervalMs,
    measuredMs: MEASURED_SCRAPES * intervalMs,
  };
}

/** Some evaluations of the slowest group before the measured part, and in it. */
function evaluations({ prometheus }: Spec, speed: number): Times {
  const everyMs = Math.max(
    prometheus.scrapeIntervalMs,
    ...prometheus.ruleGroups.map((group) => group.intervalMs),
  );
  return {
    speed,
    warmUpMs: (WARM_EVALUATIONS * everyMs) / speed,
    measuredMs: (MEASURED_SCRAPES * everyMs) / speed,
  };
}

/**
 * What a technology offers to be scraped: as much as is borne, ten times as fast; and what is
 * needed, in real time and in the memory that there is for it.
 */
function scrapedDimensions(offered: ScrapedDimension, spec: Spec): Dimension[] {
  const { id, title, unit, start, max, mostMemoryBytes } = offered;
  const needed =
    spec.contract.capacity.find((need) => need.dimension === id)?.need ?? offered.needed;
  const limits = [...SCRAPED, ...MACHINE];
  const memory = limit('memory of Prometheus', 'subjectMemoryBytes', 'at most', mostMemoryBytes);
  const base = { unit, tolerance: TOLERANCE };
  return [
    { ...base, id, title, start, max, ...scrapes(spec, 10), limits, need: id },
    {
      ...base,
      id: `${id}/real-time`,
      title: `the ${unit} that are needed, in real time`,
      start: needed,
      max: needed,
      ...scrapes(spec, 1),
      limits: [...limits, memory],
      need: null,
    },
  ];
}
