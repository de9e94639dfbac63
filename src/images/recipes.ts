/** How the image of one program is made from the packages: what a Dockerfile would say after FROM. */
export interface Recipe {
  /** Whose image it stands in for, as Docker Hub names it, without the tag. */
  repository: string;
  /** The program, as the cache's versions name it. */
  program: string;
  /** One thing in each: Podman takes no more. CMD is always among them: else Podman keeps that of the container it is made of. */
  instructions: string[];
  /** What ends it; no commit takes it as an instruction. */
  stopSignal?: string;
}

const ENTRYPOINTS = '/usr/local/lib/gtvision';
const PATH = '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin';

/** Entry, user, ports, volumes and variables are those of the official images, so that the same entry in a compose file fits both. */
export const RECIPES: Recipe[] = [
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
  {
    repository: 'prom/node-exporter',
    program: 'node exporter',
    instructions: ['USER nobody', 'EXPOSE 9100', 'ENTRYPOINT ["/bin/node_exporter"]', 'CMD []'],
  },
  {
    repository: 'prometheuscommunity/postgres-exporter',
    program: 'postgres exporter',
    instructions: ['USER nobody', 'EXPOSE 9187', 'ENTRYPOINT ["/bin/postgres_exporter"]', 'CMD []'],
  },
  {
    repository: 'oliver006/redis_exporter',
    program: 'redis exporter',
    instructions: ['USER 59000:59000', 'EXPOSE 9121', 'ENTRYPOINT ["/redis_exporter"]', 'CMD []'],
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
  {
    repository: 'node',
    program: 'node',
    instructions: [`ENTRYPOINT ["${ENTRYPOINTS}/node.sh"]`, 'CMD ["node"]'],
  },
  {
    repository: 'grafana/k6',
    program: 'k6',
    instructions: ['USER k6', 'WORKDIR /home/k6', 'ENTRYPOINT ["k6"]', 'CMD []'],
  },
];
