import { readFileSync, rmSync } from 'node:fs';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { extract } from 'tar-stream';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { HarnessError } from '../../../src/lib/errors.ts';
import type { ContainersPlan } from '../../../src/model/containers.ts';
import { archiveOf, unpackInto } from '../../../src/runtimes/docker/archive.ts';
import { RUN_LABEL, connectEngine } from '../../../src/container-engine/engine.ts';
import { optionsOf } from '../../../src/runtimes/docker/create-options.ts';
import { demultiplexed } from '../../../src/runtimes/docker/logs.ts';
import { addressIn } from '../../../src/runtimes/docker/network.ts';
import { missingImages, withoutMissing } from '../../../src/run/docker/ready.ts';
import { connectionsIn } from '../../../src/technologies/http-service/connections.ts';

afterEach(() => vi.unstubAllEnvs());

describe('addresses of a network', () => {
  it.each([
    ['172.18.0.0/16', 10, '172.18.0.10'],
    ['10.89.0.0/24', 254, '10.89.0.254'],
    ['192.168.240.0/20', 300, '192.168.241.44'],
  ])('%s, the %ith: %s', (subnet, n, address) => {
    expect(addressIn(subnet, n)).toBe(address);
  });
  it('a range that is too small is told', () =>
    expect(() => addressIn('10.0.0.0/29', 10)).toThrow(/no room/));
});

describe('files for a container', () => {
  it('come with their folders, which are closed to others, and without the top ones', async () => {
    const entries: string[] = [];
    const tar = extract();
    tar.on('entry', (header, stream, next) => {
      entries.push(`${header.type} ${header.name} ${(header.mode ?? 0).toString(8)}`);
      stream.resume();
      stream.on('end', next);
    });
    Readable.from([
      await archiveOf([
        { path: '/etc/prometheus/alerts/a.yml', content: 'a' },
        { path: '/gtv/k6', content: Buffer.from('b'), mode: 0o755 },
      ]),
    ]).pipe(tar);
    await new Promise<void>((resolve) => tar.on('finish', () => resolve()));
    expect(entries).toEqual([
      'directory etc/prometheus/ 755',
      'directory etc/prometheus/alerts/ 755',
      'file etc/prometheus/alerts/a.yml 644',
      'file gtv/k6 755',
    ]);
  });

  it('come out again by their names alone, wherever the archive says they belong', async () => {
    const dir = await mkdtemp(join(tmpdir(), 'gtv-archive-'));
    await unpackInto(
      Readable.from([await archiveOf([{ path: '/../../evidence.json', content: '{}' }])]),
      dir,
    );
    expect(readFileSync(join(dir, 'evidence.json'), 'utf8')).toBe('{}');
    rmSync(dir, { recursive: true });
  });
});

describe("the engine's stream of both outputs", () => {
  const frame = (kind: number, text: string): Buffer => {
    const header = Buffer.alloc(8);
    header[0] = kind;
    header.writeUInt32BE(Buffer.byteLength(text), 4);
    return Buffer.concat([header, Buffer.from(text)]);
  };
  it('is put together in its order', () =>
    expect(
      demultiplexed(Buffer.concat([frame(1, 'one\n'), frame(2, 'two\n'), frame(1, 'drei ü\n')])),
    ).toBe('one\ntwo\ndrei ü\n'));
});

describe('images that cannot be had', () => {
  const container = (service: string, job: string | null, image: string, needs: string[] = []) => ({
    service,
    job,
    image,
    dependsOn: needs.map((s) => ({ service: s, healthy: true })),
  });
  const plan = {
    containers: [
      container('prometheus', 'prometheus', 'p:1'),
      container('grafana', null, 'g:1', ['prometheus']),
      container('postgres', null, 'pg:1'),
      container('exporter', 'postgres', 'e:1', ['postgres']),
    ],
    logins: {
      grafana: { user: 'admin', secret: 'g' },
      postgres: { user: 'postgres', secret: 'p' },
    },
  } as unknown as ContainersPlan;

  it('a service that nothing needs is left out, with the reason', () => {
    const { containers, leftOut, needed } = withoutMissing(plan, [
      { image: 'g:1', why: 'no such host' },
    ]);
    expect(containers.containers.map((c) => c.service)).toEqual([
      'prometheus',
      'postgres',
      'exporter',
    ]);
    expect(Object.keys(containers.logins)).toEqual(['postgres']);
    expect(leftOut).toEqual([
      {
        service: 'grafana',
        why: "its image g:1 isn't here and can't be pulled (docker.io: no such host)",
      },
    ]);
    expect(needed).toEqual([]);
  });

  it.each(['p:1', 'pg:1', 'e:1', 'node:20'])('%s is needed', (image) => {
    expect(withoutMissing(plan, [{ image, why: 'no' }]).needed).toEqual([{ image, why: 'no' }]);
  });

  const why =
    'Get "https://registry-1.docker.io/v2/": dial tcp: lookup registry-1.docker.io on [::1]:53: no such host';
  it.each([
    [[{ image: 'p:1', why }], 'lacks an image: p:1 (docker.io: no such host)'],
    [
      ['a:1', 'b:1', 'c:1', 'd:1', 'e:1'].map((image) => ({ image, why })),
      'lacks 5 images: a:1, b:1, c:1 and 2 more (docker.io: no such host)',
    ],
    [
      [
        { image: 'p:1', why },
        { image: 'quay.io/x/y:1', why: 'manifest for quay.io/x/y:1 not found: manifest unknown' },
        { image: 'gtvision/ai:0.1.0', why: 'fake-services: it has no Dockerfile' },
      ],
      'lacks 3 images: p:1 (docker.io: no such host); quay.io/x/y:1 (quay.io: manifest unknown); gtvision/ai:0.1.0 (fake-services: it has no Dockerfile)',
    ],
  ])('%#: one line, each reason once', (missing, told) => {
    expect(missingImages(missing).message).toBe(`the docker runtime ${told}`);
  });
});

describe('an engine that cannot be used', () => {
  it.each([
    ['unix:///nowhere/docker.sock', /no container engine at unix:\/\/\/nowhere\/docker\.sock/],
    ['tcp://127.0.0.1:9', /no container engine answers at tcp:\/\/127\.0\.0\.1:9/],
    ['npipe:////./pipe/docker', /DOCKER_HOST is `npipe/],
    ['somewhere', /DOCKER_HOST is `somewhere`/],
  ])('%s', async (host, expected) => {
    vi.stubEnv('DOCKER_HOST', host);
    const error = await connectEngine().then(
      () => undefined,
      (thrown: unknown) => thrown,
    );
    expect(error).toBeInstanceOf(HarnessError);
    expect((error as HarnessError).message).toMatch(expected);
    expect((error as HarnessError).advice).not.toBe('');
  });
});

describe("connections in the kernel's table", () => {
  const table = [
    '  sl  local_address rem_address   st',
    '   0: 0A001F0A:9C40 0B001F0A:1F40 01',
    '   1: 0A001F0A:9C41 0B001F0A:1F40 01',
    '   2: 0A001F0A:9C42 0B001F0A:1F40 06',
    '   3: 0B001F0A:1F40 0A001F0A:9C40 01',
  ].join('\n');
  it('are found by the end that listens, and by the end of the clients', () => {
    expect(connectionsIn(table).get('10.31.0.11:8000')).toBe(1);
    expect(connectionsIn(table, 'remote').get('10.31.0.11:8000')).toBe(2);
  });
});

describe("an engine's form of a container", () => {
  const plan = {
    service: 'grafana',
    job: null,
    image: 'g:1',
    built: false,
    entrypoint: null,
    command: ['--x'],
    environment: { A: 'b=c' },
    user: null,
    hostname: null,
    shmBytes: 1024,
    ulimits: [],
    capDrop: ['ALL'],
    securityOpt: [],
    volumes: [{ name: 'data', target: '/data', readOnly: false }],
    files: [],
    secrets: [],
    dependsOn: [],
    healthcheck: { test: ['true'], intervalMs: 1, timeoutMs: 1, retries: 1, startPeriodMs: 0 },
    ports: [3000],
  };
  const options = optionsOf(plan, {
    prefix: 'gtv-run',
    labels: { [RUN_LABEL]: 'run' },
    network: 'gtv-run',
    addresses: { grafana: '10.0.0.10', prometheus: '10.0.0.11' },
  });

  it("has the run's name, label, network and volumes, and no others", () => {
    expect(options).toMatchObject({
      name: 'gtv-run-grafana',
      Labels: { 'gtvision.run': 'run' },
      Env: ['A=b=c'],
      Cmd: ['--x'],
      HostConfig: {
        Mounts: [{ Source: 'gtv-run-data', Target: '/data' }],
        ExtraHosts: ['grafana:10.0.0.10', 'prometheus:10.0.0.11'],
        ShmSize: 1024,
        CapDrop: ['ALL'],
      },
    });
    expect(options.NetworkingConfig?.EndpointsConfig).toEqual({
      'gtv-run': { IPAMConfig: { IPv4Address: '10.0.0.10' }, Aliases: ['grafana'] },
    });
    expect(options.HostConfig?.Binds).toBeUndefined();
    expect(options.HostConfig?.Privileged).toBeUndefined();
  });

  it("opens ports on loopback alone, at a number of the engine's choice", () => {
    expect(options.HostConfig?.PortBindings).toEqual({
      '3000/tcp': [{ HostIp: '127.0.0.1', HostPort: '' }],
    });
  });

  it('leaves the checking of its health to the harness', () =>
    expect(options.Healthcheck).toEqual({ Test: ['NONE'] }));
});
