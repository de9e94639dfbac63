import { QUANTITIES, QUANTITY_MEANINGS } from '../model/quantities.ts';
import { STIMULUS_KINDS, stimulusOf } from '../technologies/registry.ts';
import { LEVEL_NAMES } from './stimulus-check.ts';

// Parts of the published JSON Schema that zod has no words for.

/** All quantities with their meaning, for the hint that an editor shows. */
export function quantityMeanings(): string {
  return [
    'What a panel shows, known from outside of the stack.',
    ...QUANTITIES.map((quantity) => `- \`${quantity}\`: ${QUANTITY_MEANINGS[quantity]}`),
  ].join('\n');
}

/** All kinds of stimulus with what their levels are. */
export function stimulusMeanings(): string {
  return [
    'What is done; after it, what its levels are.',
    ...STIMULUS_KINDS.map((kind) => `- \`${kind}\`: ${stimulusOf(kind).meaning}`),
  ].join('\n');
}

/** Which keys each kind of stimulus needs, and the limits of its levels: the same rules as in stimulus-check.ts, as conditions. */
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
