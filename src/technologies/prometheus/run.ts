import { join } from 'node:path';
import type { RunningTechnology } from '../running.ts';

const READY_MS = 20_000;

export const running: RunningTechnology = {
  processes: {
    prometheus: ({ plan, runDir }, { listen }) => ({
      command: '/usr/bin/prometheus',
      args: [
        '--config.file=/etc/prometheus/prometheus.yml',
        `--storage.tsdb.path=${join(runDir, 'data', 'prometheus')}`,
        `--web.listen-address=${listen}`,
        '--web.enable-admin-api',
        ...plan.prometheusFlags,
      ],
      readyWithinMs: READY_MS,
    }),
  },
};
