import { NEEDS } from '../technologies/offered.ts';
import type { CapacityNeed } from '../model/dimension.ts';
import type {
  AlertContract,
  Contract,
  JobContract,
  ReceiverContract,
  Stimulus,
} from '../model/contract.ts';
import { readDashboards } from './contract-dashboards.ts';
import { entriesOf } from './contract-entries.ts';
import type { Section } from './contract-entries.ts';
import { contractShape } from './contract-schema.ts';
import type { YamlSource } from './yaml-source.ts';

/** A contract as far as it could be read. */
export interface ContractDraft {
  /** Without the entries that are wrong. */
  contract: Contract;
  /** Names of all entries, wrong ones too; undefined for a section that can't be read. */
  names: Record<Section, string[] | undefined>;
  /** Finds the place of anything in the file. */
  source: YamlSource;
}

/**
 * Parses and normalises a contract; durations become real-time ms. What is wrong is added to the
 * source's problems.
 */
export function readContract(source: YamlSource): ContractDraft {
  source.check(contractShape.file, []);
  if (source.get(['technologies']) !== undefined)
    source.say(
      ['technologies'],
      '`technologies` beside jobs that name a `component`',
      'either: a job with a `component` says by itself what runs behind it',
      true,
    );
  const names = (name: Section): string[] | undefined => {
    const value = source.get([name]);
    return typeof value === 'object' && value !== null && !Array.isArray(value)
      ? Object.keys(value)
      : undefined;
  };
  return {
    source,
    names: {
      jobs: names('jobs'),
      receivers: names('receivers'),
      metrics: names('metrics'),
      alerts: names('alerts'),
      dashboards: names('dashboards'),
    },
    contract: {
      version: 1,
      file: source.file,
      jobs: readJobs(source),
      receivers: readReceivers(source),
      metrics: entriesOf(source, 'metrics', contractShape.metric, (metric) => metric),
      alerts: readAlerts(source),
      dashboards: readDashboards(source),
      capacity: readCapacity(source),
    },
  };
}

function readJobs(source: YamlSource): JobContract[] {
  return entriesOf(
    source,
    'jobs',
    contractShape.job,
    ({ told_by_silence: toldBySilence, follower, target, component }) => ({
      target,
      component,
      ...(follower === undefined ? {} : { follower }),
      ...(toldBySilence === undefined ? {} : { toldBySilence }),
    }),
  );
}

/** People are told that it is over, where the contract doesn't say. */
const ENDS_TOLD_TO: ReceiverContract['kind'][] = ['slack', 'email'];

function readReceivers(source: YamlSource): ReceiverContract[] {
  return entriesOf(source, 'receivers', contractShape.receiver, ({ kind, to, resolved }) => ({
    kind,
    ...(to === undefined ? {} : { to }),
    resolved: resolved ?? ENDS_TOLD_TO.includes(kind),
  }));
}

function readAlerts(source: YamlSource): AlertContract[] {
  return entriesOf(
    source,
    'alerts',
    contractShape.alert,
    ({
      for: forMs,
      keep_firing_for: keepFiringForMs,
      every: everyMs,
      window: windowMs,
      stimulus,
      limit,
      reads,
      ...alert
    }) => ({
      ...alert,
      ...(limit === undefined ? {} : { limit }),
      ...(reads === undefined ? {} : { reads }),
      ...(keepFiringForMs === undefined ? {} : { keepFiringForMs }),
      forMs,
      everyMs,
      windowMs,
      stimulus: withoutUndefined(stimulus) as Stimulus,
    }),
  );
}

/** What production has and needs; a dimension that nobody knows is refused. */
function readCapacity(source: YamlSource): CapacityNeed[] {
  return source.entries(['capacity']).flatMap((path): CapacityNeed[] => {
    const dimension = String(path[1]);
    if (!NEEDS.includes(dimension)) {
      source.say(
        path,
        `unknown dimension of load \`${dimension}\``,
        `one of: ${NEEDS.join(', ')}`,
        true,
      );
      return [];
    }
    const need = source.check(contractShape.need, path);
    if (!need) return [];
    if (need.peak === undefined && need.need === undefined)
      source.say(
        path,
        'neither `peak` nor `need`',
        '`peak` with what there is today, `need` with what must hold, or both',
        true,
      );
    return [
      {
        dimension,
        peak: need.peak ?? null,
        need: need.need ?? null,
        source: source.at(path, true),
      },
    ];
  });
}

function withoutUndefined(value: object): object {
  return Object.fromEntries(Object.entries(value).filter(([, v]) => v !== undefined));
}
