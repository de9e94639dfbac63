import amqplib from 'amqplib';
import { createClient } from '@redis/client';
import { execa } from 'execa';
import pg from 'pg';
import { pack } from 'tar-stream';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { pinnedImages } from '../../../src/commands/images.ts';
import { messageOf } from '../../../src/lib/errors.ts';
import { connectEngine } from '../../../src/container-engine/engine.ts';
import type { Engine } from '../../../src/container-engine/engine.ts';
import { markOf } from '../../../src/lib/process-mark.ts';
import { temporaryName } from '../../../src/images/derive.ts';
import { PROJECT } from '../../support/cases.ts';
import { COMMAND_LINE, startCli } from '../../support/cli.ts';
import { Network, answers, execIn, logs } from '../../support/container.ts';
import { engineOrSkip, imagesOf } from '../../support/engine.ts';

const MAKING_MS = 240_000;
const names = await pinnedImages(`${PROJECT}/stack`);
/** The pinned name of a repository. */
const named = (repository: string): string =>
  names.find((name) => name.startsWith(`${repository}:`)) ?? repository;
const numberOf = (version: string): string =>
  /^(?:\d+:)?v?(\d+(?:\.\d+)*)/.exec(version)?.[1] ?? '';

const get = async (port: number, path: string): Promise<string> => {
  const response = await fetch(`http://127.0.0.1:${port}${path}`, {
    signal: AbortSignal.timeout(60_000),
  });
  if (!response.ok) throw new Error(`${path}: ${response.status}`);
  return response.text();
};

/** What an exporter tells once it reaches what it is for. */
const metricsWith = async (port: number, line: RegExp): Promise<string> => {
  const text = await get(port, '/metrics');
  if (!line.test(text)) throw new Error(`no ${String(line)} among the metrics`);
  return text;
};

let engine: Engine;
let network: Network;

/** The version that an image says it holds: its label's, or for its maker's own image the tag's. */
async function versionOf(repository: string): Promise<string> {
  const { Config: config } = await engine.docker.getImage(named(repository)).inspect();
  const made =
    (config.Labels as Record<string, string> | undefined)?.['gtvision.built-from'] !== undefined;
  return numberOf(
    made
      ? (config.Labels['org.opencontainers.image.version'] ?? '')
      : (named(repository).split(':')[1] ?? ''),
  );
}

beforeAll(async () => {
  const found = await connectEngine().catch(() => undefined);
  if (!found) return;
  engine = found;
  const { exitCode, stdout, stderr } = await startCli(['images']);
  expect(exitCode, stdout + stderr).toBe(0);
  network = new Network(engine.docker);
  await network.create();
}, MAKING_MS);
afterAll(async () => network?.remove(), 30_000);

// Side by side: each program takes its time to start.
describe.concurrent('an image made from packages', { timeout: 120_000 }, () => {
  it('Prometheus runs as nobody, keeps its data, and answers', async (context) => {
    await engineOrSkip(context);
    const started = await network.start({
      image: named('prom/prometheus'),
      name: 'prometheus',
      command: [
        '--config.file=/etc/prometheus/prometheus.yml',
        '--storage.tsdb.path=/prometheus',
        '--web.enable-admin-api',
      ],
      port: 9090,
    });
    const info = JSON.parse(
      await answers('Prometheus', started, () => get(started.port, '/api/v1/status/buildinfo')),
    ) as { data: { version: string } };
    context.expect(numberOf(info.data.version)).toBe(await versionOf('prom/prometheus'));
    const inside = await execIn(started.container, [
      'sh',
      '-c',
      'id -un; pwd; wget -q -O /dev/null http://127.0.0.1:9090/-/ready && echo ready; test -d /prometheus/wal && echo kept; promtool --version',
    ]);
    context.expect(inside.output).toMatch(/^nobody\n\/prometheus\nready\nkept\npromtool, version/);
  });

  it('Alertmanager takes its flags, and answers', async (context) => {
    await engineOrSkip(context);
    const started = await network.start({
      image: named('prom/alertmanager'),
      name: 'alertmanager',
      command: [
        '--config.file=/etc/alertmanager/alertmanager.yml',
        '--storage.path=/alertmanager',
        '--cluster.listen-address=',
      ],
      port: 9093,
    });
    const status = JSON.parse(
      await answers('Alertmanager', started, () => get(started.port, '/api/v2/status')),
    ) as { versionInfo: { version: string } };
    context.expect(numberOf(status.versionInfo.version)).toBe(await versionOf('prom/alertmanager'));
  });

  it('the node exporter reads another root', async (context) => {
    await engineOrSkip(context);
    const started = await network.start({
      image: named('prom/node-exporter'),
      name: 'node-exporter',
      command: ['--path.procfs=/proc', '--path.sysfs=/sys', '--path.rootfs=/'],
      port: 9100,
    });
    const text = await answers('the node exporter', started, () => get(started.port, '/metrics'));
    context
      .expect(numberOf(/node_exporter_build_info\{.*version="([^"]+)"/.exec(text)?.[1] ?? ''))
      .toBe(await versionOf('prom/node-exporter'));
    context.expect(text).toMatch(/^node_memory_MemTotal_bytes /m);
  });

  it('PostgreSQL makes its database with a password from a secret file, and its exporter reads it', async (context) => {
    await engineOrSkip(context);
    const secrets = { '/run/secrets/postgres_password': 'a-secret\n' };
    const started = await network.start({
      image: named('postgres'),
      name: 'postgres',
      command: ['postgres', '-c', 'max_connections=50'],
      environment: {
        POSTGRES_PASSWORD_FILE: '/run/secrets/postgres_password',
        POSTGRES_USER: 'shop',
        POSTGRES_DB: "the shop's",
      },
      secrets,
      port: 5432,
    });
    const connect = async (password: string): Promise<unknown[]> => {
      const client = new pg.Client({
        host: '127.0.0.1',
        port: started.port,
        user: 'shop',
        database: "the shop's",
        password,
      });
      client.on('error', () => undefined);
      try {
        await client.connect();
        return (
          await client.query(
            "select current_setting('max_connections') as most, current_setting('server_version') as version, current_setting('data_directory') as at",
          )
        ).rows as unknown[];
      } finally {
        await client.end();
      }
    };
    const rows = await answers('PostgreSQL', started, () => connect('a-secret'));
    context.expect(rows).toEqual([
      {
        most: '50',
        version: context.expect.stringContaining(await versionOf('postgres')) as string,
        at: '/var/lib/postgresql/data',
      },
    ]);
    await context.expect(connect('a guess')).rejects.toThrow(/password authentication failed/);
    const ready = await execIn(started.container, [
      'pg_isready',
      '--host=127.0.0.1',
      '--username=shop',
    ]);
    context.expect(ready.exitCode).toBe(0);
    const server = await execIn(started.container, ['sh', '-c', 'stat -c %U /proc/1']);
    context.expect(server.output).toBe('postgres\n');

    const exporter = await network.start({
      image: named('prometheuscommunity/postgres-exporter'),
      name: 'postgres-exporter',
      environment: {
        DATA_SOURCE_URI: 'postgres:5432/postgres?sslmode=disable',
        DATA_SOURCE_USER: 'shop',
        DATA_SOURCE_PASS: 'a-secret',
      },
      port: 9187,
    });
    const text = await answers('the PostgreSQL exporter', exporter, () =>
      metricsWith(exporter.port, /^pg_up 1$/m),
    );
    context.expect(text).toMatch(/^pg_settings_max_connections\{.*\} 50$/m);
    context
      .expect(numberOf(/postgres_exporter_build_info\{.*version="([^"]+)"/.exec(text)?.[1] ?? ''))
      .toBe(await versionOf('prometheuscommunity/postgres-exporter'));

    // Ended and started again: the same data, and nothing is prepared anew.
    await started.container.stop();
    context.expect((await started.container.inspect()).State.ExitCode).toBe(0);
    await started.container.start();
    await answers('PostgreSQL, once more', started, async () => {
      const { exitCode, output } = await execIn(started.container, [
        'psql',
        '--username=shop',
        "--dbname=the shop's",
        '--command=select 1',
      ]);
      if (exitCode !== 0) throw new Error(output);
      return output;
    });
    context
      .expect(
        (await logs(started.container)).match(/database system is ready to accept connections/g),
      )
      .toHaveLength(3);
    context.expect((await logs(started.container)).match(/^Success\./gm)).toHaveLength(1);
  });

  it('PostgreSQL says what is missing, and ends', async (context) => {
    await engineOrSkip(context);
    const { exitCode, output } = await network.run({
      image: named('postgres'),
      name: 'postgres-without',
    });
    context.expect(exitCode).toBe(1);
    context.expect(output).toMatch(/POSTGRES_PASSWORD/);
  });

  it('Redis lets other containers in, runs as redis, and its exporter reads it', async (context) => {
    await engineOrSkip(context);
    const started = await network.start({
      image: named('redis'),
      name: 'redis',
      command: ['redis-server', '--save', '60', '1000', '--dir', '/data'],
      port: 6379,
    });
    const ask = async (): Promise<string> => {
      const client = createClient({
        url: `redis://127.0.0.1:${started.port}`,
        socket: { reconnectStrategy: false },
      });
      client.on('error', () => undefined);
      await client.connect();
      try {
        await client.set('a', 'b');
        return await client.info('server');
      } finally {
        await client.close();
      }
    };
    const info = await answers('Redis', started, ask);
    context
      .expect(numberOf(/redis_version:(\S+)/.exec(info)?.[1] ?? ''))
      .toBe(await versionOf('redis'));
    const inside = await execIn(started.container, [
      'sh',
      '-c',
      'redis-cli ping; stat -c %u /proc/1; stat -c %u /data',
    ]);
    context.expect(inside.output).toBe('PONG\n999\n999\n');
    const exporter = await network.start({
      image: named('oliver006/redis_exporter'),
      name: 'redis-exporter',
      environment: { REDIS_ADDR: 'redis://redis:6379' },
      port: 9121,
    });
    const text = await answers('the Redis exporter', exporter, () =>
      metricsWith(exporter.port, /^redis_up 1$/m),
    );
    context
      .expect(numberOf(/redis_exporter_build_info\{.*version="([^"]+)"/.exec(text)?.[1] ?? ''))
      .toBe(await versionOf('oliver006/redis_exporter'));
  });

  it('RabbitMQ takes user and password, its plugin answers, and root may ask for its health', async (context) => {
    await engineOrSkip(context);
    const started = await network.start({
      image: named('rabbitmq'),
      name: 'rabbitmq',
      environment: { RABBITMQ_DEFAULT_USER: 'guard', RABBITMQ_DEFAULT_PASS: 'a-secret' },
      port: 5672,
    });
    const connect = async (password: string): Promise<string> => {
      const connection = await amqplib.connect({
        hostname: '127.0.0.1',
        port: started.port,
        username: 'guard',
        password,
      });
      connection.on('error', () => undefined);
      const { version } = (
        connection.connection as unknown as { serverProperties: { version: string } }
      ).serverProperties;
      await connection.close();
      return version;
    };
    context
      .expect(await answers('RabbitMQ', started, () => connect('a-secret'), 90_000))
      .toBe(await versionOf('rabbitmq'));
    await context.expect(connect('a guess')).rejects.toThrow(/403/);
    const inside = await execIn(started.container, [
      'sh',
      '-c',
      'rabbitmq-diagnostics --quiet check_running && rabbitmq-diagnostics --quiet ping && wget -q -O - http://127.0.0.1:15692/metrics | grep -c "^rabbitmq_" ; stat -c %u /var/lib/rabbitmq/mnesia',
    ]);
    context
      .expect(inside.output, messageOf(await logs(started.container)))
      .toMatch(/Ping succeeded[^]*\d+\n999\n$/);
  });

  it('Node.js and k6 are the programs that their labels say', async (context) => {
    await engineOrSkip(context);
    const node = await network.run({
      image: named('node'),
      name: 'node',
      command: ['-p', 'process.version + process.execPath'],
    });
    context
      .expect(node)
      .toEqual({ exitCode: 0, output: `v${await versionOf('node')}/usr/local/bin/node\n` });
    const k6 = await network.run({ image: named('grafana/k6'), name: 'k6', command: ['version'] });
    context
      .expect([k6.exitCode, numberOf(/k6 (v\S+)/.exec(k6.output)?.[1] ?? '')])
      .toEqual([0, await versionOf('grafana/k6')]);
  });
});

describe.concurrent('an image built from this repository', { timeout: 60_000 }, () => {
  it.for([
    ['gtvision/backend', 8000, /^gtvision_cameras_total 100$/m],
    ['gtvision/streaming', 8001, /^gtvision_active_streams 1$/m],
    ['gtvision/ai', 8002, /^gtvision_lpr_events_total 0$/m],
    ['gtvision/fake-mediamtx', 9998, /^paths\{/m],
  ] as const)(
    '%s answers, is not root, and ends at once when told',
    async ([repository, port, expected], context) => {
      await engineOrSkip(context);
      const started = await network.start({
        image: named(repository),
        name: repository.split('/')[1] ?? '',
        port,
      });
      context
        .expect(await answers(repository, started, () => get(started.port, '/metrics')))
        .toMatch(expected);
      context
        .expect((await execIn(started.container, ['node', '-p', 'process.getuid()'])).output)
        .toBe('1000\n');
      await started.container.stop({ t: 20 });
      context.expect((await started.container.inspect()).State.ExitCode).toBe(0);
    },
  );

  it('gtvision/fake-minio keeps the size of objects', async (context) => {
    await engineOrSkip(context);
    const started = await network.start({
      image: named('gtvision/fake-minio'),
      name: 'minio',
      port: 9000,
      environment: { CAPACITY_MIB: '4' },
    });
    await answers('the fake of MinIO', started, () =>
      get(started.port, '/minio/v2/metrics/cluster'),
    );
    await fetch(`http://127.0.0.1:${started.port}/bucket/object`, {
      method: 'PUT',
      body: 'x'.repeat(1000),
    });
    context
      .expect(await get(started.port, '/minio/v2/metrics/cluster'))
      .toMatch(/^minio_cluster_usage_total_bytes\{server="[^"]+"\} 1000$/m);
  });
});

describe.concurrent('the command, where there is nothing to make', () => {
  it(
    'makes nothing when all is there, and leaves the engine as it was',
    { timeout: 60_000 },
    async (context) => {
      const found = await engineOrSkip(context);
      const before = await imagesOf(found);
      const { exitCode, stdout, stderr } = await startCli(['images']);
      expect([exitCode, stderr]).toEqual([0, '']);
      expect(stdout).not.toContain('just made');
      expect(stdout).toMatch(/grafana\/grafana:\S+ +in no package archive\n/);
      expect(stdout).toMatch(
        /minio\/minio:\S+ +in no package archive; gtvision\/fake-minio:\S+ stands in\n/,
      );
      expect(await imagesOf(found)).toEqual(before);
    },
  );

  it(
    'says that an image which was asked for by name can not be had',
    { timeout: 60_000 },
    async (context) => {
      await engineOrSkip(context);
      expect(await startCli(['images', 'grafana'])).toMatchObject({
        exitCode: 2,
        stdout: expect.stringContaining('in no package archive') as string,
      });
    },
  );

  it.each([
    ['no engine', 'unix:///nowhere/docker.sock', /no container engine at unix:\/\/\/nowhere/],
    ['an address that is none', 'nowhere', /DOCKER_HOST is `nowhere`/],
  ])('without an engine says so: %s', async (_what, host, expected) => {
    const { exitCode, stderr } = await execa(process.execPath, [COMMAND_LINE, 'images'], {
      cwd: PROJECT,
      reject: false,
      env: { DOCKER_HOST: host },
    });
    expect([exitCode, stderr]).toEqual([2, expect.stringMatching(expected)]);
  });
});

describe('the command', () => {
  it(
    'removes what it made, and not what somebody else has built on it',
    { timeout: 60_000 },
    async (context) => {
      const { docker } = await engineOrSkip(context);
      const name = named('gtvision/fake-mediamtx');
      await network.remove();
      await docker.getImage(name).tag({ repo: 'gtv-test/somebody', tag: '1' });
      try {
        expect((await startCli(['images', '--remove', 'fake-mediamtx'])).stdout).toContain(
          'Removed 1 of 1 images',
        );
        await expect(docker.getImage(name).inspect()).rejects.toThrow(/[Nn]o such image/);
        expect((await startCli(['images', '--remove', 'fake-mediamtx'])).stdout).toContain(
          'There was none that was made here.',
        );
        expect((await docker.getImage('gtv-test/somebody:1').inspect()).RepoTags).toEqual([
          'gtv-test/somebody:1',
        ]);
      } finally {
        await docker.getImage('gtv-test/somebody:1').remove();
      }
      expect((await startCli(['images', 'fake-mediamtx'])).stdout).toMatch(
        /fake-mediamtx:\S+ +this repository, just made/,
      );
    },
  );

  it(
    'removes what a killed call has left, and nothing that somebody else builds',
    { timeout: 60_000 },
    async (context) => {
      const found = await engineOrSkip(context);
      const { docker } = found;
      const before = await imagesOf(found);
      const [dead, alive] = await Promise.all(
        [99_999_999, process.pid].map((pid) =>
          docker.createContainer({ Image: named('node'), name: temporaryName(markOf(pid)) }),
        ),
      );
      const builder = await docker.createContainer({ Image: named('gtvision/fake-mediamtx') });
      // Without a name, as a step of a build is: one with nothing of its own, one with a file more.
      const plain = ((await dead?.commit()) as { Id: string }).Id;
      const archive = pack();
      archive.entry({ name: 'somebodys' }, 'file');
      archive.finalize();
      await builder.putArchive(archive as unknown as NodeJS.ReadableStream, { path: '/' });
      const built = ((await builder.commit()) as { Id: string }).Id;
      try {
        expect((await startCli(['images', '--fresh', 'fake-mediamtx'])).exitCode).toBe(0);
        const ids = (await docker.listImages()).map(({ Id }) => Id);
        expect(ids).toContain(built);
        expect(ids).not.toContain(plain);
        await expect(dead?.inspect()).rejects.toThrow(/[Nn]o such container/);
        expect((await alive?.inspect())?.State.Status).toBe('created');
      } finally {
        for (const container of [alive, builder]) await container?.remove({ force: true, v: true });
        await docker.getImage(built).remove();
      }
      expect(await imagesOf(found)).toEqual(before);
    },
  );

  it(
    'that is interrupted leaves every image as it was, and nothing besides',
    { timeout: 120_000 },
    async (context) => {
      const found = await engineOrSkip(context);
      const ids = async (): Promise<string[]> =>
        (await found.docker.listImages()).map(({ Id }) => Id).sort();
      const before = [await imagesOf(found), await ids()];
      const child = startCli(['images', '--fresh']);
      child.stderr.on('data', (chunk: Buffer) => {
        if (/importing/.test(String(chunk))) setTimeout(() => child.kill('SIGINT'), 1_000);
      });
      const { exitCode, stderr } = await child;
      expect([exitCode, stderr]).toEqual([2, expect.stringContaining('interrupted by SIGINT')]);
      expect([await imagesOf(found), await ids()]).toEqual(before);
    },
  );
});
