import { ENTRYPOINTS, PATH } from '../packaging.ts';
import type { ImageRecipe } from '../packaging.ts';

/**
 * Entry, user, ports, volumes and variables are those of the official images, so that the same
 * entry in a compose file fits both.
 */
export const images: ImageRecipe[] = [
  {
    repository: 'prometheuscommunity/postgres-exporter',
    program: 'postgres exporter',
    instructions: ['USER nobody', 'EXPOSE 9187', 'ENTRYPOINT ["/bin/postgres_exporter"]', 'CMD []'],
  },
  {
    repository: 'postgres',
    program: 'postgresql',
    stopSignal: 'SIGINT',
    instructions: [
      // PostgreSQL's own programs go before the distribution's wrappers, which are in Perl.
      `ENV PATH=/usr/local/lib/postgresql/bin:${PATH}`,
      'ENV PGDATA=/var/lib/postgresql/data',
      'ENV LANG=C.UTF-8',
      'VOLUME ["/var/lib/postgresql/data"]',
      'EXPOSE 5432',
      `ENTRYPOINT ["${ENTRYPOINTS}/postgres.sh"]`,
      'CMD ["postgres"]',
    ],
  },
];
