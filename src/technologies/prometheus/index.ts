import { goProgram } from '../packaging.ts';
import type { Technology } from '../technology.ts';
import { images } from './images.ts';

const PROGRAM = goProgram('prometheus', 'prometheus', 'prometheus');
const PACKAGES = {
  ...PROGRAM,
  fromNewer: ['prometheus', 'promtool'],
  programs: { ...PROGRAM.programs, promtool: [/^bin$/, /^promtool$/] },
};

/** Prometheus itself, as a target of its own. */
export const prometheus: Technology = {
  name: 'prometheus',
  components: [{ name: 'prometheus' }],
  packages: PACKAGES,
  images,
  // With the last, a run's blocks can be kept.
  inContainer: {
    prometheus: (plan) => ({ flags: [...plan.prometheusFlags, '--web.enable-admin-api'] }),
  },
  run: () => import('./run.ts'),
  stimuli: [
    {
      kind: 'always',
      meaning: 'no level: the Watchdog, which always fires',
      level: null,
      signal: () => null,
      occupies: () => [],
    },
  ],
};
