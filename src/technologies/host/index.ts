import type { StimulusKind, Technology } from '../technology.ts';
import { cpu, diskFree, memory } from './recipes.ts';

const EXPORTER = 'node-exporter';

function stimulus(
  kind: 'host-cpu' | 'host-memory' | 'disk-free',
  part: string,
  meaning: string,
  recipe: StimulusKind['recipe'] & object,
): StimulusKind {
  return {
    kind,
    meaning,
    level: { min: 0, max: 1 },
    signal: () => kind,
    occupies: () => [{ component: EXPORTER, part }],
    recipe,
  };
}

/** A machine, as the node exporter tells of it; what it reads is a synthetic one. */
export const host: Technology = {
  name: 'host',
  components: [{ name: EXPORTER }],
  stimuli: [
    stimulus('host-cpu', 'cpu', "share of the synthetic host's CPU time in use", cpu),
    stimulus('host-memory', 'memory', "share of the synthetic host's memory in use", memory),
    stimulus('disk-free', 'disk', 'share of its data file system that is free', diskFree),
  ],
};
