import type { Rule } from '../../rule.ts';
import { innerAddress } from './inner-address.ts';
import { localVolume } from './local-volume.ts';
import { secretNotMade } from './no-secret.ts';
import { ownAddress } from './own-address.ts';
import { placeholder } from './placeholder.ts';
import { standIn } from './stand-in.ts';

/** Rules of what has to be one's own before a stack runs in production. */
export const PRODUCTION: Rule[] = [
  secretNotMade,
  placeholder,
  innerAddress,
  ownAddress,
  localVolume,
  standIn,
];
