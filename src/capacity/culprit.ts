import type {
  Culprit,
  Resource,
  StepMeasurement,
  StepRecord,
  StepVerdict,
} from '../model/capacity.ts';
import { FIGURES } from '../model/figures.ts';
import type { FigureName } from '../model/figures.ts';
import { USED_UP_SHARE, keeps } from './judge-step.ts';
import { loadText, withUnit } from '../lib/amounts.ts';

interface Use {
  resource: Resource;
  of: string;
  figure: string;
  value: number;
  /** The most that it can be (of `at least` rules: the least). */
  limit: number;
  /** 1 when it is used up; what has the largest gave out. */
  pressure: number;
  text: string;
}

interface Sign {
  resource: Resource;
  figure: FigureName;
  bound: 'at most' | 'at least';
  limit: number;
  of: string;
}

/** Figures of the whole that say that a resource is used up, the most telling first. */
const SIGNS: Sign[] = [
  {
    resource: 'ingestion',
    figure: 'samplesShare',
    bound: 'at least',
    limit: 0.99,
    of: 'Prometheus',
  },
  {
    resource: 'rule evaluation',
    figure: 'ruleShareOfInterval',
    bound: 'at most',
    limit: 1,
    of: 'Prometheus',
  },
  {
    resource: 'rule evaluation',
    figure: 'ruleEvaluationsShare',
    bound: 'at least',
    limit: 0.99,
    of: 'Prometheus',
  },
  {
    resource: 'scrape duration',
    figure: 'scrapeShareOfInterval',
    bound: 'at most',
    limit: 0.5,
    of: 'Prometheus',
  },
  {
    resource: 'query time',
    figure: 'queryP95Seconds',
    bound: 'at most',
    limit: 1,
    of: 'Prometheus',
  },
  {
    resource: 'memory',
    figure: 'machineMemoryShare',
    bound: 'at most',
    limit: 0.7,
    of: 'the machine',
  },
  {
    resource: 'file handles',
    figure: 'openFilesShare',
    bound: 'at most',
    limit: 0.9,
    of: 'the process that has most of them open',
  },
  {
    resource: 'event loop',
    figure: 'eventLoopLagP99Seconds',
    bound: 'at most',
    limit: 0.25,
    of: 'the busiest service',
  },
  { resource: 'CPU', figure: 'machineCpuShare', bound: 'at most', limit: 0.95, of: 'the machine' },
];

/**
 * The resource that gave out first: the one that was used up at the lowest load, with the figures
 * that show it. A process with one event loop has one core, however many the machine has; so
 * processes are looked at before the machine.
 * @param steps of one dimension; null when nothing broke
 */
export function culpritOf(steps: StepRecord[], unit: string): Culprit | null {
  const held = new Set(
    steps
      .filter(({ verdict }) => verdict.outcome === 'holds')
      .map(({ measurement }) => measurement.load),
  );
  // A generator that could send a load after all was held up by something else that time.
  const counted = steps
    .filter(
      ({ verdict, measurement }) =>
        verdict.outcome !== 'invalid' ||
        (verdict.reason === 'generator' && !held.has(measurement.load)),
    )
    .sort((a, b) => a.measurement.load - b.measurement.load);
  const broken = counted.filter(({ verdict }) => verdict.outcome !== 'holds');
  if (broken.length === 0) return null;
  const lowest = broken[0]?.measurement.load ?? 0;
  for (const { measurement, verdict } of counted) {
    // What was used up at a load that held was not what broke it; only the last tenth below the
    // first break is telling.
    if (measurement.load < lowest * USED_UP_SHARE) continue;
    const byGenerator = verdict.outcome === 'invalid' ? [generator(measurement)] : [];
    const first = [...byGenerator, ...usesOf(measurement), ...breachedUses(measurement, verdict)]
      .filter((use) => use.pressure >= 1)
      .sort((a, b) => b.pressure - a.pressure)[0];
    if (first)
      return {
        resource: first.resource,
        of: first.of,
        load: measurement.load,
        figure: first.figure,
        value: first.value,
        limit: first.limit,
        text: `${first.text} at ${loadText(measurement.load)} ${unit}`,
      };
  }
  return {
    resource: 'unknown',
    of: 'the subject',
    load: lowest,
    figure: 'none',
    value: 0,
    limit: 0,
    text:
      `nothing that was measured was used up at ${loadText(lowest)} ${unit}: what broke waits ` +
      "for something that can't be seen from here (a lock, a database, another machine)",
  };
}

function usesOf(measurement: StepMeasurement): Use[] {
  const ofProcesses = measurement.processes
    .filter((p) => p.role === 'subject' || p.role === 'stack')
    .flatMap((process): Use[] => {
      const files =
        process.openFiles === null || process.openFilesLimit === null
          ? []
          : [
              {
                resource: 'file handles' as const,
                of: process.name,
                figure: 'open files',
                value: process.openFiles,
                limit: process.openFilesLimit,
                pressure: process.openFiles / (USED_UP_SHARE * process.openFilesLimit),
                text:
                  `${process.name} had ${process.openFiles} of the ${process.openFilesLimit} files open ` +
                  'that it may',
              },
            ];
      const cpu =
        process.cpuLimitCores === 1
          ? 'one core that its event loop can use'
          : `${process.cpuLimitCores} cores of the machine`;
      return [
        ...files,
        {
          resource: 'CPU',
          of: process.name,
          figure: 'CPU',
          value: process.cpuCores,
          limit: process.cpuLimitCores,
          pressure: process.cpuCores / (USED_UP_SHARE * process.cpuLimitCores),
          text: `CPU: ${process.name} used ${process.cpuCores.toFixed(2)} of the ${cpu}`,
        },
      ];
    });
  const ofTheWhole = SIGNS.flatMap((sign): Use[] => {
    const value = measurement.figures[sign.figure];
    return value === undefined ? [] : [useOfSign(sign, value, measurement)];
  });
  return [...ofProcesses, ...ofTheWhole];
}

function useOfSign(sign: Sign, value: number, measurement: StepMeasurement): Use {
  const { title, unit } = FIGURES[sign.figure];
  const pressure =
    sign.bound === 'at most'
      ? value / sign.limit
      : keeps({ bound: 'at least', value: sign.limit }, value)
        ? 0
        : 1 + (sign.limit - value) / sign.limit;
  const shared = sign.figure === 'machineCpuShare' ? takers(measurement) : '';
  return {
    resource: sign.resource,
    of: sign.of,
    figure: title,
    value,
    limit: sign.limit,
    pressure,
    text: `${title} was ${withUnit(value, unit)}, ${sign.bound} ${withUnit(sign.limit, unit)} is well${shared}`,
  };
}

/**
 * Limits that are about a resource themselves: where they are broken, it is what the dimension
 * wanted kept free.
 */
function breachedUses(measurement: StepMeasurement, verdict: StepVerdict): Use[] {
  if (verdict.outcome !== 'breaks') return [];
  return verdict.breaches.flatMap(({ limit, value }): Use[] => {
    const sign = SIGNS.find(({ figure }) => figure === limit.figure);
    return sign
      ? [useOfSign({ ...sign, bound: limit.bound, limit: limit.value }, value, measurement)]
      : [];
  });
}

function generator({ figures }: StepMeasurement): Use {
  const dropped = figures.droppedShare ?? 0;
  const used = figures.generatorCpuCores;
  const cpu = used === undefined ? 'an unknown share of CPU' : withUnit(used, 'cores');
  return {
    resource: 'generator',
    of: 'k6',
    figure: FIGURES.droppedShare.title,
    value: dropped,
    limit: 0.001,
    pressure: Number.MAX_VALUE,
    text:
      `the generator itself: k6 used ${cpu} ` +
      `and dropped ${withUnit(dropped, 'share')} of what it should have sent`,
  };
}

/**
 * Who shared the machine's CPU: on a machine of its own the subject would have had what the
 * generator took.
 */
function takers({ processes }: StepMeasurement): string {
  const most = [...processes].sort((a, b) => b.cpuCores - a.cpuCores).slice(0, 3);
  return most.length === 0
    ? ''
    : ` (${most.map((p) => `${p.name} ${p.cpuCores.toFixed(2)}`).join(', ')} cores)`;
}
