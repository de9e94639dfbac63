import type { Rule } from '../../rule.ts';
import { placeholder } from './placeholder.ts';
import { innerAddress, localVolume, ownAddress, standIn } from './reach.ts';
import { secretNotMade, unreadableSecret } from './secrets.ts';

/**
 * What has to be one's own before a stack runs in production; all but the first are judged when
 * asked for alone.
 */
export const PRODUCTION: Rule[] = [
  unreadableSecret,
  secretNotMade,
  placeholder,
  innerAddress,
  ownAddress,
  localVolume,
  standIn,
];
