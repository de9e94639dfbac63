import type { InputProblem } from '../lib/errors.ts';
import type { AlertContract, JobContract, Stimulus } from '../model/contract.ts';
import type { SourceRef } from '../model/source.ts';
import { SERVICE_NAMES, findStimulus } from '../technologies/registry.ts';
import { serviceComponent } from '../technologies/service.ts';

export const LEVEL_NAMES = ['near', 'over', 'calm'] as const;

/**
 * What is wrong with an alert's stimulus: levels out of range, missing, superfluous or in an order
 * that makes no sense.
 * @param at finds the place of a key of the alert; `key` points at the key itself
 */
export function stimulusProblems(
  alert: AlertContract,
  jobs: Pick<JobContract, 'component'>[],
  at: (path: string[], key?: boolean) => SourceRef,
): InputProblem[] {
  const problems: InputProblem[] = [];
  const say: Say = (key, message, expected, atKey = false) =>
    void problems.push({
      source: at(['stimulus', key], atKey),
      message: `${alert.name}: ${message}`,
      expected,
    });
  const stimulus = findStimulus(alert.stimulus.kind);
  sayService(alert, jobs, stimulus?.needsService === true, say);
  if (stimulus?.needsService && Object.keys(alert.labels).length === 0)
    problems.push({
      source: at(['labels']),
      message: `${alert.name}: \`labels\` is missing`,
      expected: 'the labels that identify the provoked instance, such as { job: api }',
    });
  sayLevels(alert.stimulus, stimulus?.level, say);
  // The order is judged only where each level makes sense by itself.
  if (problems.length === 0) sayOrder(alert.stimulus, stimulus?.level, say);
  return problems;
}

/** Notes a problem at a key of the stimulus; `atKey` points at the key itself. */
type Say = (key: string, message: string, expected: string, atKey?: boolean) => void;
type Bounds = NonNullable<ReturnType<typeof findStimulus>>['level'];

/** A service is named where the stimulus needs one, is scraped, and is named nowhere else. */
function sayService(
  { stimulus: { kind, service } }: AlertContract,
  jobs: Pick<JobContract, 'component'>[],
  isNeeded: boolean,
  say: Say,
): void {
  if (!isNeeded) {
    if (service !== undefined)
      say('service', `a stimulus of kind ${kind} has no \`service\``, 'no such key', true);
  } else if (service === undefined)
    say('service', `a stimulus of kind ${kind} needs a \`service\``, SERVICE_NAMES.join(', '));
  else if (!jobs.some((job) => job.component === serviceComponent(service)))
    say(
      'service',
      `no job of the contract has the component ${serviceComponent(service)}`,
      'a service that is scraped',
    );
}

/** Each level is there and possible; none is there where the stimulus has none. */
function sayLevels(stimulus: Stimulus, bounds: Bounds | undefined, say: Say): void {
  const { kind } = stimulus;
  for (const name of LEVEL_NAMES) {
    const value = stimulus[name];
    if (!bounds) {
      if (value !== undefined)
        say(name, `a stimulus of kind ${kind} has no \`${name}\``, 'no such key', true);
    } else if (value === undefined)
      say(name, `a stimulus of kind ${kind} needs \`${name}\``, 'near, over and calm');
    else if (
      value < bounds.min ||
      value > bounds.max ||
      (bounds.integer && !Number.isInteger(value))
    )
      say(
        name,
        `\`${name}\` is ${value}`,
        `a ${bounds.integer ? 'whole ' : ''}number from ${bounds.min} to ${bounds.max}`,
      );
  }
}

/** `near` lies between `calm` and `over`, on the quiet side of the limit. */
function sayOrder({ near, over, calm }: Stimulus, bounds: Bounds | undefined, say: Say): void {
  if (near === undefined || over === undefined || calm === undefined) return;
  // Of what is either so or not, the last level on the quiet side is the calm one.
  const isFurthest = (level: number): boolean =>
    bounds?.integer === true && level === (over > near ? bounds.min : bounds.max);
  if (near === over)
    say('over', '`near` and `over` are the same', 'levels on two sides of the limit');
  else if (near !== calm ? over > near !== near > calm : !isFurthest(calm))
    say(
      'near',
      `\`near\` (${near}) doesn't lie between \`calm\` (${calm}) and \`over\` (${over})`,
      'calm, near and over in this order or its reverse; ' +
        'calm and near the same only where nothing is calmer',
    );
}
