import { InvalidArgumentError, Option } from 'commander';
import type { Command } from 'commander';
import { LOADED_SERVICES } from '../../../capacity/k6-operator/routes.ts';
import { NAME } from '../../../capacity/k6-operator/name.ts';
import { parseCount, parseTime } from '../../arguments.ts';

/** What a load on several machines was asked to be, as it was written. */
export interface DistributedAsked {
  engine: 'local' | 'k6-operator';
  out?: string;
  /** Base URLs by service. */
  service?: Record<string, string>;
  rate?: number;
  /** ms. */
  for: number;
  parts?: number;
  /** ms. */
  answersWithin: number;
  name: string;
  namespace?: string;
  separate: boolean;
  resultsClaim?: string;
  addUp?: string[];
}

/**
 * Options for a load that one machine can't make: `--engine k6-operator` and what belongs to it.
 */
export function addDistributedOptions(command: Command): Command {
  return command
    .optionsGroup('On several machines (docs/capacity-distributed.md):')
    .addOption(
      new Option('--engine <name>', 'k6-operator: write the Kubernetes resources of a load')
        .choices(['local', 'k6-operator'])
        .default('local'),
    )
    .option('--out <dir>', 'the folder that they are written into')
    .option(
      '--service <name=url>',
      'a service of the cluster that is loaded; several times for several',
      collectService,
    )
    .addOption(
      new Option('--rate <n>', 'requests a second, all parts together').argParser(
        parseCount(1, 1e7),
      ),
    )
    .addOption(
      new Option('--for <duration>', 'how long').argParser(parseTime).default(60_000, '60s'),
    )
    .addOption(
      new Option('--parts <n>', 'k6 processes (default: as many as the rate takes)').argParser(
        parseCount(1, 1_000),
      ),
    )
    .addOption(
      new Option(
        '--answers-within <duration>',
        'virtual users suffice for answers that take this long',
      )
        .argParser(parseTime)
        .default(1_000, '1s'),
    )
    .addOption(
      new Option('--name <name>', 'name of the TestRun')
        .argParser(parseName)
        .default('gtv-capacity'),
    )
    .addOption(new Option('--namespace <name>', 'namespace of the TestRun').argParser(parseName))
    .option('--no-separate', 'several parts may run on one node')
    .addOption(
      new Option(
        '--results-claim <name>',
        'a volume that the parts leave their accounts in',
      ).argParser(parseName),
    )
    .option('--add-up <files...>', 'add up the accounts of the parts in logs or files');
}

function collectService(pair: string, before: Record<string, string> = {}): Record<string, string> {
  const [, name = '', url = ''] = /^([^=]+)=(https?:\/\/[^/@]+(?:\/.*)?)$/.exec(pair) ?? [];
  if (!LOADED_SERVICES.includes(name))
    throw new InvalidArgumentError(
      `Expected NAME=URL, with a name of ${LOADED_SERVICES.join(', ')} and a URL without a user.`,
    );
  return { ...before, [name]: url.replace(/\/+$/, '') };
}

function parseName(text: string): string {
  if (!NAME.test(text))
    throw new InvalidArgumentError(
      'Expected up to 40 small letters, digits and dashes, a letter or digit at both ends.',
    );
  return text;
}

const KEYS: ReadonlySet<string> = new Set<keyof DistributedAsked>([
  'engine',
  'out',
  'service',
  'rate',
  'for',
  'parts',
  'answersWithin',
  'name',
  'namespace',
  'separate',
  'resultsClaim',
  'addUp',
]);

/** The options of a run on this machine: the others would be kept with it for nothing. */
export function withoutDistributed<T extends object>(
  options: T & DistributedAsked,
): Omit<T, keyof DistributedAsked> {
  return Object.fromEntries(Object.entries(options).filter(([key]) => !KEYS.has(key))) as Omit<
    T,
    keyof DistributedAsked
  >;
}
