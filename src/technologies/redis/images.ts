import { ENTRYPOINTS } from '../packaging.ts';
import type { ImageRecipe } from '../packaging.ts';

/**
 * Entry, user, ports, volumes and variables are those of the official images, so that the same
 * entry in a compose file fits both.
 */
export const images: ImageRecipe[] = [
  {
    repository: 'oliver006/redis_exporter',
    program: 'redis exporter',
    instructions: ['USER 59000:59000', 'EXPOSE 9121', 'ENTRYPOINT ["/redis_exporter"]', 'CMD []'],
  },
  {
    repository: 'redis',
    program: 'redis',
    instructions: [
      'WORKDIR /data',
      'VOLUME ["/data"]',
      'EXPOSE 6379',
      `ENTRYPOINT ["${ENTRYPOINTS}/redis.sh"]`,
      'CMD ["redis-server"]',
    ],
  },
];
