import { SOME_TEXT, text } from '../values.ts';
import type { GoFunction } from './signature.ts';

/**
 * A function that makes a text of a text.
 * @param change without one it isn't known which; of a text that isn't known neither
 */
export const ofText = (change?: (given: string) => string): GoFunction => ({
  takes: ['string'],
  call: ([given]) =>
    change && given?.kind === 'string' && given.text !== undefined
      ? text(change(given.text))
      : SOME_TEXT,
});
