import type { Rule } from '../../rule.ts';
import { dataWithoutVolume } from './data-without-volume.ts';
import { defaultPassword } from './default-password.ts';
import { duplicateContainerName } from './duplicate-container-name.ts';
import { duplicatePort } from './duplicate-port.ts';
import { latestImage } from './latest-image.ts';
import { obsoletePlugin } from './obsolete-plugin.ts';
import { openPort } from './open-port.ts';
import { refusedFlag } from './refused-flag.ts';
import { undefinedConfig } from './undefined-config.ts';
import { undefinedNetwork } from './undefined-network.ts';
import { undefinedSecret } from './undefined-secret.ts';
import { undefinedService } from './undefined-service.ts';
import { undefinedVolume } from './undefined-volume.ts';
import { unknownComposeKey } from './unknown-key.ts';
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
  undefinedService,
  undefinedNetwork,
  undefinedSecret,
  undefinedConfig,
  unknownComposeKey,
  duplicatePort,
  duplicateContainerName,
  obsoletePlugin,
];
