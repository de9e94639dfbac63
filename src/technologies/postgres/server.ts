import { readdirSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import { execa } from 'execa';
import { POSTGRES_SETTINGS } from './settings.ts';
import type { ProcessComponent } from '../../runtimes/runtime.ts';
import type { Place } from '../running.ts';

/**
 * PostgreSQL refuses to be root, and in a user namespace there may be nobody else: a nested one
 * calls the same user 1 (daemon; initdb wants one that has a name).
 */
const NOT_ROOT = ['--user', '--map-user=1', '--map-group=1'];

function program(name: string): string {
  const version = readdirSync('/usr/lib/postgresql').sort((a, b) => Number(b) - Number(a))[0];
  return `/usr/lib/postgresql/${version ?? ''}/bin/${name}`;
}

/**
 * A PostgreSQL server with an empty cluster; durability is off, since nothing of it outlives the
 * run.
 */
export function postgres(place: Place): ProcessComponent {
  const data = join(place.runDir, 'data', 'postgres');
  const address = place.addresses['postgres'] ?? '';
  const settings = { listen_addresses: address, unix_socket_directories: '', ...POSTGRES_SETTINGS };
  return {
    name: 'postgres-server',
    command: 'unshare',
    args: [
      ...NOT_ROOT,
      program('postgres'),
      '-D',
      data,
      ...Object.entries(settings).flatMap(([key, value]) => ['-c', `${key}=${value}`]),
    ],
    prepare: async () => {
      // The network is the run's own: no password is needed where nobody else can connect.
      await execa('unshare', [
        ...NOT_ROOT,
        program('initdb'),
        '-D',
        data,
        '-U',
        'postgres',
        '--auth=trust',
        '--no-sync',
        '--locale=C',
        '--encoding=UTF8',
      ]);
    },
    ready: () =>
      new Promise((resolve, reject) => {
        const socket = connect(5432, address, () => {
          socket.destroy();
          resolve();
        });
        socket.once('error', reject);
      }),
    readyWithinMs: 20_000,
  };
}
