import { groundTruth } from './ground-truth.ts';
import { NODE_EXPORTER_FLAGS } from './settings.ts';
import { goProgram } from '../packaging.ts';
import type { StimulusKind, Technology } from '../technology.ts';
import { images } from './images.ts';
import { cpu, diskFree, memory } from './recipes.ts';

const EXPORTER = 'node-exporter';

function stimulus(
  kind: 'host-cpu' | 'host-memory' | 'disk-free',
  part: string,
  idle: number,
  meaning: string,
  recipe: StimulusKind['recipe'] & object,
): StimulusKind {
  return {
    kind,
    meaning,
    level: { min: 0, max: 1, idle },
    signal: () => kind,
    occupies: () => [{ component: EXPORTER, part }],
    recipe,
  };
}

/** A machine, as the node exporter tells of it; what it reads is a synthetic one. */
export const host: Technology = {
  name: 'host',
  forAnyStack: EXPORTER,
  components: [{ name: EXPORTER }],
  packages: goProgram(EXPORTER, 'prometheus-node-exporter', 'node exporter'),
  images,
  // In production it listens on the host; in a run it has an address of its own.
  inContainer: {
    [EXPORTER]: () => ({ flags: [...NODE_EXPORTER_FLAGS, '--web.listen-address=:9100'] }),
  },
  groundTruth,
  run: () => import('./run.ts'),
  stimuli: [
    stimulus('host-cpu', 'cpu', 0.2, "share of the synthetic host's CPU time in use", cpu),
    stimulus('host-memory', 'memory', 0.4, "share of the synthetic host's memory in use", memory),
    stimulus('disk-free', 'disk', 0.6, 'share of its data file system that is free', diskFree),
  ],
  day: ({ busy, minutes }) => ({
    'host-cpu': 0.12 + 0.45 * busy,
    'host-memory': 0.38 + 0.2 * busy,
    'disk-free': 0.6 - 0.02 * Math.sin(minutes / 240),
  }),
};
