import type { Technology } from '../technology.ts';

/** Alertmanager, as a target. */
export const alertmanager: Technology = {
  name: 'alertmanager',
  components: [{ name: 'alertmanager', startMs: 1_500 }],
  stimuli: [],
};
