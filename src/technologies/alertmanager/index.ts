import { TRUSTED } from '../../model/containers.ts';
import { goProgram } from '../packaging.ts';
import type { Technology } from '../technology.ts';
import { images } from './images.ts';

/** Alertmanager, as a target. */
export const alertmanager: Technology = {
  name: 'alertmanager',
  components: [{ name: 'alertmanager', startMs: 1_500 }],
  packages: goProgram('alertmanager', 'prometheus-alertmanager', 'alertmanager'),
  images,
  // Go reads its trusted certificates from this file alone: the receivers' certificate is verified,
  // not skipped.
  inContainer: { alertmanager: () => ({ environment: { SSL_CERT_FILE: TRUSTED } }) },
  run: () => import('./run.ts'),
  stimuli: [],
};
