import type { Technology } from '../technology.ts';

/** Prometheus itself, as a target of its own. */
export const prometheus: Technology = {
  name: 'prometheus',
  components: [{ name: 'prometheus' }],
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
