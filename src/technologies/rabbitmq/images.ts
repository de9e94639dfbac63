import { ENTRYPOINTS, PATH } from '../packaging.ts';
import type { ImageRecipe } from '../packaging.ts';

/**
 * Entry, user, ports, volumes and variables are those of the official images, so that the same
 * entry in a compose file fits both.
 */
export const images: ImageRecipe[] = [
  {
    repository: 'rabbitmq',
    program: 'rabbitmq',
    instructions: [
      // HOME: root's health check finds the server's cookie.
      `ENV PATH=/usr/lib/rabbitmq/bin:${PATH}`,
      'ENV HOME=/var/lib/rabbitmq',
      'ENV RABBITMQ_DATA_DIR=/var/lib/rabbitmq',
      'ENV LANG=C.UTF-8',
      'VOLUME ["/var/lib/rabbitmq"]',
      ...[4369, 5671, 5672, 15691, 15692, 25672].map((port) => `EXPOSE ${port}`),
      `ENTRYPOINT ["${ENTRYPOINTS}/rabbitmq.sh"]`,
      'CMD ["rabbitmq-server"]',
    ],
  },
];
