import { readFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { PROJECT_DIR } from '../../../../src/commands/paths.ts';
import type { Disturbance } from '../disturbance.ts';

/** What receivers, databases and Grafana listen on; those of the targets are the stack's. */
const USUAL = [80, 443, 587, 3000, 5432, 5672, 6379];

/** Every port that the stack names is taken on this machine, before the run starts. */
export const PORTS_TAKEN: Disturbance = {
  meaning: 'every port that the stack names is taken already',
  prepare: async () => {
    const yaml = await readFile(join(PROJECT_DIR, 'stack', 'prometheus', 'prometheus.yml'), 'utf8');
    const ports = new Set([...USUAL, ...portsIn(yaml)]);
    const taken = await Promise.all([...ports].map(take));
    return {
      done: `${taken.length} ports`,
      [Symbol.asyncDispose]: async () => {
        await Promise.all(taken.map((free) => free()));
      },
    };
  },
  isTold: ({ exitCode, output }) =>
    exitCode === 0 || (exitCode === 2 && /address already in use|port \d+/i.test(output)),
};

/** The ports of all targets that a configuration names. */
export function portsIn(yaml: string): number[] {
  return [...yaml.matchAll(/[a-z][\w-]*:(\d{2,5})\b/g)].map(([, port]) => Number(port));
}

/** Listens at a port of all addresses; nothing to do where somebody else does. @returns the end */
function take(port: number): Promise<() => Promise<void>> {
  const server = createServer((socket) => socket.destroy());
  return new Promise((resolve) => {
    server.once('error', () => resolve(() => Promise.resolve()));
    server.listen(port, () =>
      resolve(
        () =>
          new Promise((closed) => {
            server.close(() => closed());
          }),
      ),
    );
  });
}
