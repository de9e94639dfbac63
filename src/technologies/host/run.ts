import { join } from 'node:path';
import { NODE_EXPORTER_FLAGS } from './settings.ts';
import type { RunningTechnology } from '../running.ts';
import { SyntheticHost } from './synthetic-host.ts';

export const running: RunningTechnology = {
  processes: {
    'node-exporter': ({ runDir }, { listen }) => {
      const host = join(runDir, 'host');
      return {
        command: '/usr/bin/prometheus-node-exporter',
        args: [
          ...NODE_EXPORTER_FLAGS,
          `--path.procfs=${host}/proc`,
          `--path.sysfs=${host}/sys`,
          `--path.rootfs=${host}/root`,
          `--path.udev.data=${host}/udev`,
          `--web.listen-address=${listen}`,
        ],
      };
    },
  },
  before: async ({ runDir, plan, inContainers, disposal }) => {
    const mountedBy = inContainers ? 'engine' : 'harness';
    const host = disposal.use(new SyntheticHost(join(runDir, 'host'), plan.speed, mountedBy));
    await host.start();
    return {
      actors: {
        'host-cpu': { set: (level) => host.setCpu(level), truths: host.truths },
        'host-memory': { set: (level) => host.setMemory(level), truths: [] },
        'disk-free': { set: (level) => host.setDiskFree(level), truths: [] },
      },
    };
  },
};
