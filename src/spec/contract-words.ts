import { GROUND_TRUTH, STIMULUS_KINDS, stimulusOf } from '../technologies/registry.ts';
import { LEVEL_NAMES } from './stimulus-check.ts';

// Parts of the published JSON Schema that zod has no words for.

/**
 * Every series that an expression may name, with its meaning, for the hint that an editor shows.
 */
export function truthMeanings(): string {
  return [
    'What a panel shows: an expression (`+ - * /`, numbers, parentheses) over series that ' +
      'are known from outside of the stack.',
    'What only grows stands for its rate over the window of the query, a second.',
    ...[...GROUND_TRUTH.values()].map(({ name, meaning }) => `- \`${name}\`: ${meaning}`),
  ].join('\n');
}

/**
 * What such an expression is made of, for editors; the reader of the contract knows its grammar.
 */
export function truthPattern(): string {
  const names = [...GROUND_TRUTH.keys()].map((name) => name.replace('.', '\\.'));
  return `^(?:[-+*/() \\d.]|\\b(?:${names.join('|')})\\b)+$`;
}

/** All kinds of stimulus with what their levels are. */
export function stimulusMeanings(): string {
  return [
    'What is done; after it, what its levels are.',
    ...STIMULUS_KINDS.map((kind) => `- \`${kind}\`: ${stimulusOf(kind).meaning}`),
  ].join('\n');
}

/**
 * Which keys each kind of stimulus needs, and the limits of its levels: the same rules as in
 * stimulus-check.ts, as conditions.
 */
export function stimulusRules(): { allOf: object[] } {
  const all = <T>(value: T): Record<string, T> =>
    Object.fromEntries(LEVEL_NAMES.map((name) => [name, value]));
  const rules = STIMULUS_KINDS.map((kind) => {
    const { level, needsService: service } = stimulusOf(kind);
    const limits = level && {
      type: level.integer ? 'integer' : 'number',
      minimum: level.min,
      maximum: level.max,
    };
    const required = [...(service ? ['service'] : []), ...(level ? LEVEL_NAMES : [])];
    return {
      if: { properties: { kind: { const: kind } }, required: ['kind'] },
      then: {
        properties: { ...all(limits ?? false), ...(service ? {} : { service: false }) },
        ...(required.length > 0 ? { required } : {}),
      },
    };
  });
  return { allOf: rules };
}

/** One of two keys, and not both. */
export function oneOfTwo(one: string, other: string): { oneOf: object[] } {
  return { oneOf: [{ required: [one] }, { required: [other] }] };
}
