import type { ProcessComponent } from '../../runtimes/runtime.ts';
import type { Place, RunningTechnology } from '../running.ts';

const READY_MS = 15_000;

function server({ addresses, runDir }: Place): ProcessComponent {
  return {
    name: 'redis-server',
    command: '/usr/bin/redis-server',
    args: [
      ...['--bind', addresses['redis'] ?? '', '--port', '6379'],
      ...['--save', '', '--dir', runDir, '--daemonize', 'no'],
    ],
    // The exporter's own scrape tells whether redis answers.
    ready: () => Promise.resolve(),
    readyWithinMs: READY_MS,
  };
}

export const running: RunningTechnology = {
  processes: {
    'redis-exporter': (_, { listen }) => ({
      command: '/usr/bin/prometheus-redis-exporter',
      args: ['--redis.addr=redis://redis:6379', `--web.listen-address=${listen}`],
    }),
  },
  backing: (place) => [server(place)],
  acting: async ({ plan, disposal }) => {
    // Loaded when it is needed: what a run begins with needn't wait for it.
    const { redisClients } = await import('./client.ts');
    const { hits, door } = await redisClients('redis', plan.speed, disposal);
    return { actors: { 'redis-hits': hits, 'redis-takes-clients': door } };
  },
};
