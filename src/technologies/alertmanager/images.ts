import type { ImageRecipe } from '../packaging.ts';

/**
 * Entry, user, ports, volumes and variables are those of the official images, so that the same
 * entry in a compose file fits both.
 */
export const images: ImageRecipe[] = [
  {
    repository: 'prom/alertmanager',
    program: 'alertmanager',
    instructions: [
      'USER nobody',
      'WORKDIR /alertmanager',
      'VOLUME ["/alertmanager"]',
      'EXPOSE 9093',
      'ENTRYPOINT ["/bin/alertmanager"]',
      'CMD ["--config.file=/etc/alertmanager/alertmanager.yml","--storage.path=/alertmanager"]',
    ],
  },
];
