import { TRUSTED } from '../../model/containers.ts';
import { goProgram } from '../packaging.ts';
import type { Technology } from '../technology.ts';
import { VIRTUAL } from '../virtual.ts';
import { images } from './images.ts';

const FAILED = 'alertmanager_notifications_failed_total';

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
  stimuli: [
    {
      kind: 'failed-notifications',
      meaning: `notifications that a receiver doesn't take, a second; ${VIRTUAL}`,
      level: { min: 0, max: 10, integer: true },
      signal: () => null,
      occupies: () => [],
      recipe: {
        follows: 'window',
        // Of one integration, for two reasons, beside one that is in order.
        series: [
          {
            metric: FAILED,
            labels: { integration: 'slack', reason: 'clientError' },
            counter: true,
            at: (failures) => failures,
          },
          {
            metric: FAILED,
            labels: { integration: 'slack', reason: 'serverError' },
            counter: true,
            at: () => 0,
          },
          {
            metric: FAILED,
            labels: { integration: 'email', reason: 'other' },
            counter: true,
            at: () => 0,
            bystander: true,
          },
        ],
      },
    },
  ],
};
