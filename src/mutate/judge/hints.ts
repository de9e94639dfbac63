import type { Mutant } from '../../model/mutation.ts';
import { between } from './level-hint.ts';

/** What would tell a survivor apart, by the way in which it is wrong. */
const HINTS: Record<string, (mutant: Mutant) => string> = {
  'limit-moved': levelBetween,
  'limit-slipped': levelBetween,
  'constant-changed': ({ was, becomes }) =>
    `It turns between the same two levels with ${was} and with ${becomes}: closer ones would tell.`,
  'argument-changed': ({ was, becomes }) =>
    `Series that give another result with ${becomes} than with ${was} would tell.`,
  'comparison-turned': () => 'A level on the other side of the limit would tell.',
  'comparison-inclusive': () => 'A level exactly at the limit would tell.',
  'arithmetic-swapped': ({ was, becomes }) =>
    `With a right side of ${/[*/]/.test(was) ? 1 : 0}, ${was} and ${becomes} agree: another would tell.`,
  'operands-swapped': () => 'Sides that are farther apart would tell.',
  'set-operator-swapped': () => 'A series that is on one side alone would tell.',
  'bool-added': () => 'A moment at which the comparison is untrue would tell.',
  'bool-dropped': () => 'A moment at which the comparison is untrue would tell.',
  'group-interval-changed': () => 'Looking at each of its evaluations would tell.',
  'label-changed': () => 'A statement about the labels, or what reads them, would tell.',
  'label-dropped': () => 'A statement about the labels, or what reads them, would tell.',
  'rule-deleted': () => 'An alert that fires by what it records alone would tell.',
  'rule-moved': () => 'Looking at each of its evaluations would tell.',
  'function-swapped': ({ was, becomes }) =>
    `In a steady world ${was} and ${becomes} agree here: a burst, a jump or a reset would tell.`,
  'aggregation-swapped': ({ was, becomes }) =>
    `With one series each, ${was} and ${becomes} agree: two series with different numbers would tell.`,
  'matcher-dropped': ({ was }) =>
    `A series that ${was.replace(/^[\s,]+|[\s,]+$/g, '')} leaves out, and that is over, would tell.`,
  'matcher-negated': () => 'A series on each side of the matcher, one of them over, would tell.',
  'matcher-misspelt': ({ was, becomes }) =>
    `A series that ${was} takes and ${becomes} leaves out, and that decides, would tell.`,
  'matcher-widened': () => 'A series whose value only begins alike would tell.',
  'group-label-dropped': ({ was }) => `Two series that differ beyond ${was} would tell.`,
  'group-label-added': () => 'Two instances with one sum over the limit would tell.',
  'by-becomes-without': () => 'Series with more labels than these would tell.',
  'grouping-dropped': () => 'Two groups, one of them over, would tell.',
  'matching-swapped': () => 'A second pair of series that must not meet would tell.',
  'matching-label-dropped': () => 'Two series that differ in this label alone would tell.',
  'group-side-swapped': () => 'Several series on the side that has many would tell.',
  'carried-label-dropped': ({ was }) => `A statement about one of ${was} would tell.`,
  'matching-dropped': () => 'Sides with different labels would tell.',
  'range-changed': ({ was, becomes }) =>
    `Something that lasts longer than one of ${was} and ${becomes} and shorter than the other would tell.`,
  'range-under-two-scrapes': ({ becomes }) =>
    `Within ${becomes} there is never a difference: a world that only it makes fire would tell.`,
  'offset-added': () => 'A world that was different an hour ago would tell.',
  'at-dropped': () => 'A world that was different at that moment would tell.',
  'offset-dropped': () => 'A world that was different then would tell.',
  'for-shorter': () => 'A breach shorter than the promised `for` would tell.',
  'for-longer': () => 'A breach that lasts just the promised `for` would tell.',
  'keep-firing-for-shorter': () => 'Looking between the two ends would tell.',
  'keep-firing-for-longer': () => 'Looking between the two ends would tell.',
  'keep-firing-for-gone': () => 'Looking just after the world is calm would tell.',
};
const ANNOTATION = 'Nothing says what people must read: a promise about the text would tell.';

const ROUTING =
  'Nothing in the contract says how people are told of this: `telling`, `silenced_by`, ' +
  '`resolved` or `receivers` would.';

const MESSAGE =
  'No message of the contract reads otherwise with it: one of `messages` whose alerts differ in ' +
  'this would tell.';
const LOOKS =
  "Nothing in the contract says it: the panel's `unit`, `legend`, `thresholds` or `reduces`, or " +
  '`variables` would.';

/** The smallest thing that would have told a survivor apart. */
export function hintFor(mutant: Mutant): string {
  if (mutant.operator.startsWith('annotation-')) return ANNOTATION;
  if (mutant.kind === 'routing') return ROUTING;
  if (mutant.kind === 'message') return MESSAGE;
  if (mutant.kind === 'dashboard') return LOOKS;
  if (mutant.kind === 'scraping') return 'Nothing in the contract says it: `scraping` would.';
  return HINTS[mutant.operator]?.(mutant) ?? 'A world in which the two differ would tell.';
}

function levelBetween({ was, becomes }: Mutant): string {
  const level = between(was, becomes);
  return level === undefined
    ? `No level lies between ${was} and ${becomes}: one that does would tell.`
    : `No level lies between ${was} and ${becomes}: one such as ${level} would tell.`;
}
