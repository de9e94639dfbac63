import { alertmanager } from './alertmanager/index.ts';
import { momentAt } from './day.ts';
import type { Stimulus } from '../model/contract.ts';
import type { GroundTruth } from './ground-truth.ts';
import { gtVision } from './gt-vision/index.ts';
import { host } from './host/index.ts';
import { httpService } from './http-service/index.ts';
import { mediamtx } from './mediamtx/index.ts';
import { objectStorage } from './object-storage/index.ts';
import { postgres } from './postgres/index.ts';
import { prometheus } from './prometheus/index.ts';
import { rabbitmq } from './rabbitmq/index.ts';
import { redis } from './redis/index.ts';
import { target } from './target/index.ts';
import type { ComponentKind, StimulusKind, Technology } from './technology.ts';

/**
 * Every technology that is known. A new one is a folder and its line here; what runs of it is
 * loaded from there.
 */
export const TECHNOLOGIES: Technology[] = [
  prometheus,
  alertmanager,
  target,
  host,
  httpService,
  gtVision,
  postgres,
  redis,
  rabbitmq,
  objectStorage,
  mediamtx,
];

const COMPONENTS = new Map(
  TECHNOLOGIES.flatMap((technology) =>
    technology.components.map((component) => [component.name, { component, technology }] as const),
  ),
);
const STIMULI = new Map(
  TECHNOLOGIES.flatMap(({ stimuli }) => stimuli.map((stimulus) => [stimulus.kind, stimulus])),
);

/** Every series that is known from outside of a stack, by its name. */
export const GROUND_TRUTH: ReadonlyMap<string, GroundTruth> = new Map(
  TECHNOLOGIES.flatMap(({ groundTruth }) => groundTruth ?? []).map((truth) => [truth.name, truth]),
);

/** What the harness can run behind a target, by the names that a contract uses. */
export const COMPONENT_NAMES = [...COMPONENTS.keys()];
/** The kinds of stimulus that a contract may name. */
export const STIMULUS_KINDS = [...STIMULI.keys()];
/** The services that a stimulus on requests may name. */
export const SERVICE_NAMES = [...COMPONENTS.values()].flatMap(
  ({ component }) => component.service ?? [],
);

/** A kind of stimulus by its name; undefined when no technology has it. */
export function findStimulus(kind: string): StimulusKind | undefined {
  return STIMULI.get(kind);
}

/**
 * A kind of stimulus by its name.
 * @throws Error when no technology has it: a contract that was read names none such
 */
export function stimulusOf(kind: string): StimulusKind {
  const found = STIMULI.get(kind);
  if (!found) throw new Error(`no technology has a stimulus of kind ${kind}`);
  return found;
}

/** Whether a run moves anything by a stimulus: some are done in virtual time alone. */
export function movesSignal(stimulus: Stimulus): boolean {
  return stimulusOf(stimulus.kind).signal(stimulus) !== null;
}

/** The level of a signal that nothing moves. */
export function idleLevelOf(signal: string): number {
  const moving = [...STIMULI.values()].find((s) => s.signal({ kind: s.kind }) === signal);
  return moving?.level?.idle ?? 0;
}

/** The levels of every signal on an ordinary day, so long after T0 (model ms). */
export function dayLevels(modelMs: number): Record<string, number> {
  const moment = momentAt(modelMs);
  return Object.assign({}, ...TECHNOLOGIES.map(({ day }) => day?.(moment) ?? {})) as Record<
    string,
    number
  >;
}

const FOR_ANY_STACK = new Map(
  TECHNOLOGIES.flatMap(({ name, forAnyStack }) =>
    forAnyStack === undefined ? [] : [[name, forAnyStack] as const],
  ),
);

/** Technologies that a job of any stack can have. */
export const NAMES_FOR_ANY_STACK = [...FOR_ANY_STACK.keys()];

/**
 * The component that a technology puts behind a job of any stack.
 * @throws Error when it has none: a contract that was read names none such
 */
export function componentForAnyStack(technology: string): string {
  const component = FOR_ANY_STACK.get(technology);
  if (component === undefined) throw new Error(`${technology} isn't there for any stack`);
  return component;
}

/** What is known of a job's component; undefined when no technology has it. */
export function componentOf(name: string): ComponentKind | undefined {
  return COMPONENTS.get(name)?.component;
}

/** The name of the technology that a component is of; `target` when no technology has it. */
export function technologyOf(component: string): string {
  return COMPONENTS.get(component)?.technology.name ?? target.name;
}
