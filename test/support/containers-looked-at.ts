import { connect } from 'node:net';
import { RUN_LABEL } from '../../src/container-engine/engine.ts';
import type { Engine } from '../../src/container-engine/engine.ts';
import { OBSERVER } from '../../src/model/observed.ts';
import { DRIVER } from '../../src/run/docker/driver-plan.ts';

const EVERY_MS = 500;
/** A driver that has just begun, on a busy machine, takes its time to hang up. */
const HANGS_UP_WITHIN_MS = 15_000;
/** Where the stack's receivers and the harness's own listen, in the driver's container. */
const RECEIVERS = [80, 443, 587, OBSERVER.port];

/** What somebody who has nothing to do with a run sees of it, on the engine's machine. */
export interface LookedAt {
  /** How often a receiver was there, and hung up without a word. */
  hungUp: number;
  /** Everything that should not have been so. */
  found: Set<string>;
}

/** Looks at a run's containers from outside for as long as some work takes. */
export async function whileLookedAt<T>(
  engine: Engine,
  work: () => Promise<T>,
): Promise<{ result: T; seen: LookedAt }> {
  const seen: LookedAt = { hungUp: 0, found: new Set() };
  const looks: Promise<void>[] = [];
  // An engine that doesn't answer at once is asked again.
  const timer = setInterval(() => looks.push(look(engine, seen).catch(() => undefined)), EVERY_MS);
  try {
    return { result: await work(), seen };
  } finally {
    clearInterval(timer);
    await Promise.all(looks);
  }
}

async function look({ docker }: Engine, seen: LookedAt): Promise<void> {
  const containers = await docker.listContainers({ filters: { label: [RUN_LABEL] } });
  for (const { Names: [name = ''] = [], Ports: ports, NetworkSettings: settings } of containers) {
    for (const { IP, PublicPort } of ports)
      if (PublicPort !== undefined && IP !== '127.0.0.1')
        seen.found.add(`${name} is published at ${IP}:${PublicPort}`);
    if (!name.endsWith(`-${DRIVER}`)) continue;
    const [address = ''] = Object.values(settings.Networks).map(({ IPAddress }) => IPAddress);
    if (address !== '') await Promise.all(RECEIVERS.map((port) => call(address, port, seen)));
  }
}

/** Says something that every server answers, an angry one too, and listens. */
function call(host: string, port: number, seen: LookedAt): Promise<void> {
  return new Promise((resolve) => {
    const socket = connect({ host, port, timeout: HANGS_UP_WITHIN_MS });
    let connected = false;
    const answers = (how: string): void => {
      seen.found.add(`${DRIVER}:${port} ${how} somebody of the engine's machine`);
      socket.destroy();
    };
    socket.on('connect', () => {
      connected = true;
      socket.write('GET / HTTP/1.0\r\n\r\n');
    });
    socket.on('data', () => answers('answers'));
    socket.on('timeout', () => (connected ? answers('keeps') : socket.destroy()));
    socket.on('error', () => undefined);
    socket.on('close', () => {
      if (connected) seen.hungUp += 1;
      resolve();
    });
  });
}
