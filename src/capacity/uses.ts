import type { Resource } from '../model/saturation.ts';
import type { StepMeasurement, StepVerdict } from '../model/capacity-step.ts';
import { FIGURES } from '../model/figures.ts';
import type { FigureName } from '../model/figures.ts';
import { withUnit } from '../lib/amounts.ts';
import { USED_UP_SHARE } from './judge-step.ts';
import { keeps } from './limits.ts';

/** How much of a resource was used in a step. */
export interface Use {
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

/** How much was used of what processes and the whole machine have. */
export function usesOf(measurement: StepMeasurement): Use[] {
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
export function breachedUses(measurement: StepMeasurement, verdict: StepVerdict): Use[] {
  if (verdict.outcome !== 'breaks') return [];
  return verdict.breaches.flatMap(({ limit, value }): Use[] => {
    const sign = SIGNS.find(({ figure }) => figure === limit.figure);
    return sign
      ? [useOfSign({ ...sign, bound: limit.bound, limit: limit.value }, value, measurement)]
      : [];
  });
}

/** The generator, where it was what held a step up. */
export function generatorUse({ figures }: StepMeasurement): Use {
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
