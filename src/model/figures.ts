/** How a figure is written for people. */
export type FigureUnit = 'per second' | 'share' | 'seconds' | 'cores' | 'bytes' | 'count';

interface FigureMeaning {
  title: string;
  unit: FigureUnit;
  meaning: string;
}

const of = (title: string, unit: FigureUnit, meaning: string): FigureMeaning => ({
  title,
  unit,
  meaning,
});

/**
 * Everything that can be measured while a load lasts. Shares are 0 to 1; a figure that nobody
 * measured is absent, never 0.
 */
export const FIGURES = {
  offeredPerSecond: of(
    'offered',
    'per second',
    'what should have arrived: the load, in its own unit',
  ),
  achievedPerSecond: of(
    'achieved',
    'per second',
    'what was answered or done, of the measured part alone',
  ),
  droppedShare: of(
    'dropped',
    'share',
    'of what should have been sent, the share that the generator never sent',
  ),
  errorShare: of('errors', 'share', 'of the answers, the share that were a 5xx or none at all'),
  refusedShare: of(
    'no answer',
    'share',
    'of the requests, the share that got no answer: refused, cut off or timed out',
  ),
  latencyP50Seconds: of(
    'p50',
    'seconds',
    'from the intended start to the end of the answer: free of coordinated omission',
  ),
  latencyP95Seconds: of(
    'p95',
    'seconds',
    'from the intended start to the end of the answer: free of coordinated omission',
  ),
  latencyP99Seconds: of(
    'p99',
    'seconds',
    'from the intended start to the end of the answer: free of coordinated omission',
  ),
  latencyP999Seconds: of(
    'p99.9',
    'seconds',
    'from the intended start to the end of the answer: free of coordinated omission',
  ),
  servedP95Seconds: of(
    'p95 by the service',
    'seconds',
    "the service's own histogram, as an alert reads it; what waited before it is not in it",
  ),
  servedErrorShare: of(
    'errors by the service',
    'share',
    "share of 5xx by the service's own counter, as an alert reads it",
  ),
  machineCpuShare: of('CPU of the machine', 'share', 'share of all cores in use, by whomever'),
  generatorCpuCores: of('CPU of the generator', 'cores', 'what k6 used'),
  generatorCpuShare: of(
    'generator at its limit',
    'share',
    'what k6 used, of what the others had left it',
  ),
  subjectCpuCores: of('CPU of the subject', 'cores', 'what the processes under load used together'),
  harnessCpuCores: of(
    'CPU of the harness',
    'cores',
    'what the harness itself used, without k6 and the stack',
  ),
  othersCpuShare: of(
    'CPU of others',
    'share',
    'share of all cores that processes took which do not belong to the run',
  ),
  stealShare: of(
    'stolen CPU',
    'share',
    'share of all cores that the hypervisor gave to other machines',
  ),
  subjectMemoryBytes: of(
    'memory of the subject',
    'bytes',
    'resident memory of the processes under load',
  ),
  machineMemoryShare: of(
    'memory of the machine',
    'share',
    'share of the memory that is not available any more',
  ),
  eventLoopLagP99Seconds: of(
    'event loop lag p99',
    'seconds',
    'how long a timer of the busiest service was held up',
  ),
  openFilesShare: of(
    'open files',
    'share',
    'open file handles of the process that is nearest to its limit',
  ),
  connections: of(
    'connections',
    'count',
    'open connections of the subject at the end of the measured part',
  ),
  scrapeP99Seconds: of('scrape p99', 'seconds', 'duration of scrapes'),
  scrapeShareOfInterval: of(
    'scrape p99 of its interval',
    'share',
    'duration of scrapes, of the interval between two',
  ),
  targetsUpShare: of('targets up', 'share', 'share of the targets that could be scraped'),
  ruleEvaluationSeconds: of('rule evaluation', 'seconds', 'the longest last evaluation of a group'),
  ruleShareOfInterval: of(
    'evaluation of its interval',
    'share',
    "the longest evaluation of a group, of the group's interval",
  ),
  ruleEvaluationsShare: of(
    'rules evaluated',
    'share',
    'rule evaluations a second, of those that should have been',
  ),
  iterationsMissed: of(
    'iterations missed',
    'count',
    "Prometheus's own counter, which hides overruns of less than two intervals",
  ),
  samplesExpectedPerSecond: of('samples expected', 'per second', 'series times scrapes a second'),
  samplesPerSecond: of('samples stored', 'per second', "what Prometheus's head took in"),
  samplesShare: of(
    'samples stored of expected',
    'share',
    'what was stored, of what should have come',
  ),
  headSeries: of('series', 'count', "series in Prometheus's head"),
  queryP95Seconds: of('query p95', 'seconds', "a dashboard's queries, from the intended start"),
} as const satisfies Record<string, FigureMeaning>;

export type FigureName = keyof typeof FIGURES;
export const FIGURE_NAMES = Object.keys(FIGURES) as FigureName[];
/** Figures that were measured; one that is absent wasn't. */
export type Figures = Partial<Record<FigureName, number>>;
