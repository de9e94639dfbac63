import type { ImageRecipe } from '../packaging.ts';

/**
 * Entry, user, ports, volumes and variables are those of the official images, so that the same
 * entry in a compose file fits both.
 */
export const images: ImageRecipe[] = [
  {
    repository: 'prom/prometheus',
    program: 'prometheus',
    instructions: [
      'USER nobody',
      'WORKDIR /prometheus',
      'VOLUME ["/prometheus"]',
      'EXPOSE 9090',
      'ENTRYPOINT ["/bin/prometheus"]',
      'CMD ["--config.file=/etc/prometheus/prometheus.yml","--storage.tsdb.path=/prometheus"]',
    ],
  },
];
