import { execFileSync, spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import type { ComposeMount } from '../../src/model/compose.ts';
import { readCompose } from '../../src/spec/compose/index.ts';
import { STACK } from '../support/stack-copy.ts';

/** A service as `docker compose config --format json` has it, as far as it is compared. */
interface Configured {
  image: string;
  build?: { args?: Record<string, string> };
  entrypoint: string[] | null;
  command: string[] | null;
  environment?: Record<string, string>;
  hostname?: string;
  volumes?: { type: string; source: string; target: string; read_only?: boolean }[];
  ports?: { target: number }[];
  secrets?: { source: string; target: string }[];
  depends_on?: Record<string, { condition: string }>;
  healthcheck?: { retries: number };
  shm_size?: string;
  ulimits?: Record<string, { soft: number; hard: number }>;
}

/** Where a mount comes from, as Compose would write it. */
function sourceOf(mount: ComposeMount): string {
  if (mount.kind === 'volume') return mount.name;
  return mount.kind === 'stack' ? join(STACK, mount.path) : mount.path;
}

const SLOW_MS = 60_000;

it('the real Compose takes the file', { timeout: SLOW_MS }, async ({ skip }) => {
  if (spawnSync('docker', ['compose', 'version']).status !== 0)
    skip('Docker Compose is not installed here');
  const args = ['compose', '--file', join(STACK, 'compose.yaml'), 'config', '--format', 'json'];
  const { services } = JSON.parse(execFileSync('docker', args, { encoding: 'utf8' })) as {
    services: Record<string, Configured>;
  };
  const own = await readCompose(STACK, []);
  expect(Object.keys(services).sort()).toEqual(own.services.map(({ name }) => name).sort());
  for (const service of own.services)
    expect(
      {
        image: service.image,
        args: service.build?.args ?? {},
        entrypoint: service.entrypoint,
        command: service.command,
        environment: service.environment,
        hostname: service.hostname,
        mounts: service.mounts.map((m) => [sourceOf(m), m.target, m.readOnly]),
        ports: service.ports,
        secrets: service.secrets.map(({ name, target }) => [name, target]),
        waitsFor: service.dependsOn.map((d) => [d.service, d.healthy]).sort(),
        retries: service.healthcheck?.retries,
        shmBytes: service.shmBytes,
        ulimits: service.ulimits,
      },
      service.name,
    ).toEqual(asRead(services[service.name]));
});

/** The same of a service as Compose has it. */
function asRead(service: Configured | undefined): unknown {
  return {
    image: service?.image,
    args: service?.build?.args ?? {},
    entrypoint: service?.entrypoint,
    command: service?.command,
    environment: service?.environment ?? {},
    hostname: service?.hostname ?? null,
    mounts: (service?.volumes ?? []).map((v) => [v.source, v.target, v.read_only ?? false]),
    ports: (service?.ports ?? []).map(({ target }) => target),
    secrets: (service?.secrets ?? []).map(({ source, target }) => [source, target]),
    waitsFor: Object.entries(service?.depends_on ?? {})
      .map(([name, { condition }]) => [name, condition === 'service_healthy'])
      .sort(),
    retries: service?.healthcheck?.retries,
    shmBytes: service?.shm_size === undefined ? null : Number(service.shm_size),
    ulimits: Object.entries(service?.ulimits ?? {}).map(([name, limit]) => ({ name, ...limit })),
  };
}
