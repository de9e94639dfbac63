import type { Rule } from '../../rule.ts';
import { dataWithoutVolume } from './data-without-volume.ts';
import { defaultPassword } from './default-password.ts';
import { latestImage } from './latest-image.ts';
import { obsoletePlugin } from './obsolete-plugin.ts';
import { openPort } from './open-port.ts';
import { refusedFlag } from './refused-flag.ts';
import { undefinedVolume } from './undefined-volume.ts';
import { unreadableSecret } from './unreadable-secret.ts';

/** Rules of compose files. */
export const COMPOSE: Rule[] = [
  refusedFlag,
  unreadableSecret,
  latestImage,
  defaultPassword,
  openPort,
  dataWithoutVolume,
  undefinedVolume,
  obsoletePlugin,
];
