import type { ImageRecipe } from '../packaging.ts';

/**
 * Entry, user, ports, volumes and variables are those of the official images, so that the same
 * entry in a compose file fits both.
 */
export const images: ImageRecipe[] = [
  {
    repository: 'prom/node-exporter',
    program: 'node exporter',
    instructions: ['USER nobody', 'EXPOSE 9100', 'ENTRYPOINT ["/bin/node_exporter"]', 'CMD []'],
  },
];
