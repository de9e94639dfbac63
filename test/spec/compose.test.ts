import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { InputError } from '../../src/lib/errors.ts';
import type { Compose } from '../../src/model/compose.ts';
import { readCompose } from '../../src/spec/compose/index.ts';
import { byteValue, interpolate, shellWords } from '../../src/stack/compose/interpolate.ts';
import { readSpec } from '../../src/spec/index.ts';

const STACK = new URL('../../stack', import.meta.url).pathname;
/** No test changes the contract. */
const { jobs } = (await readSpec(STACK)).contract;
const dirs: string[] = [];
afterEach(async () => {
  await Promise.all(dirs.splice(0).map((dir) => rm(dir, { recursive: true })));
});

/** GT-Vision's stack with a changed compose file. */
async function changed(change: (text: string) => string): Promise<string> {
  const dir = await mkdtemp(join(tmpdir(), 'gtv-compose-'));
  dirs.push(dir);
  await cp(STACK, dir, { recursive: true });
  const path = join(dir, 'compose.yaml');
  const before = await readFile(path, 'utf8');
  const after = change(before);
  expect(after).not.toBe(before);
  await writeFile(path, after);
  return dir;
}

function read(dir: string, environment: Record<string, string> = {}): Promise<Compose> {
  return readCompose(dir, jobs, environment);
}

async function problemsOf(dir: string): Promise<string[]> {
  const error = await read(dir).then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  expect(error).toBeInstanceOf(InputError);
  return (error as InputError).problems.map(
    (p) => `${p.source.file}:${p.source.line}: ${p.message}`,
  );
}

describe("GT-Vision's compose file", () => {
  it('has a service for every target, with images pinned and nothing open beyond loopback', async () => {
    const compose = await read(STACK);
    expect(compose.services.map((s) => s.name)).toEqual([
      'prometheus',
      'alertmanager',
      'grafana',
      'node-exporter',
      'postgres-exporter',
      'redis-exporter',
      'postgres',
      'redis',
      'rabbitmq',
      'minio',
      'mediamtx',
      'backend',
      'streaming',
      'ai',
    ]);
    for (const { image } of compose.services) expect(image).toMatch(/:[^:]*\d[^:]*$/);
    expect(compose.services.flatMap((s) => s.ports)).toEqual([9090, 9093, 3000]);
    expect(await readFile(join(STACK, 'compose.yaml'), 'utf8')).not.toMatch(/^\s*ports: \["\d/m);
  });

  it('is normalised: mounts by kind, secrets where programs look for them, health in ms', async () => {
    const { services, files } = await read(STACK);
    const of = (name: string): Compose['services'][number] | undefined =>
      services.find((s) => s.name === name);
    expect(of('prometheus')?.mounts).toEqual([
      { kind: 'stack', path: 'prometheus', target: '/etc/prometheus', readOnly: true },
      { kind: 'volume', name: 'prometheus-data', target: '/prometheus', readOnly: false },
    ]);
    expect(of('rabbitmq')?.secrets).toEqual([
      { name: 'rabbitmq_login', target: '/etc/rabbitmq/conf.d/20-login.conf' },
    ]);
    expect(of('postgres')?.secrets).toEqual([
      { name: 'postgres_password', target: '/run/secrets/postgres_password' },
    ]);
    expect(of('postgres')?.shmBytes).toBe(128 * 1024 * 1024);
    expect(of('postgres-exporter')?.dependsOn).toEqual([{ service: 'postgres', healthy: true }]);
    expect(of('rabbitmq')?.healthcheck).toEqual({
      test: ['rabbitmq-diagnostics', '--quiet', 'ping'],
      intervalMs: 30_000,
      timeoutMs: 20_000,
      retries: 6,
      startPeriodMs: 30_000,
    });
    // On the host's network in production; a run has one network for all.
    expect(of('rabbitmq')?.ulimits).toEqual([{ name: 'nofile', soft: 65_536, hard: 65_536 }]);
    expect(of('node-exporter')?.command).toContain('--web.listen-address=172.17.0.1:9100');
    expect(of('node-exporter')?.mounts.every((m) => m.kind === 'host')).toBe(true);
    expect(files.map((f) => f.path)).toEqual([
      'rabbitmq/enabled_plugins',
      'rabbitmq/10-gtvision.conf',
    ]);
  });
});

describe('a compose file that a run could not follow is refused, with its line', () => {
  it.each<[string, (text: string) => string, RegExp]>([
    [
      'a key that is not known',
      (t) => t.replace('    pid: host', '    pid: host\n    devices: [/dev/kmsg]'),
      /compose\.yaml:\d+: .*devices/,
    ],
    [
      'a key at the top that is not known',
      (t) => t.replace('name: gtvision', 'name: gtvision\ninclude: [other.yaml]'),
      /compose\.yaml:\d+: .*include/,
    ],
    [
      'a dependency on nobody',
      (t) => t.replace('depends_on: { redis:', 'depends_on: { reddis:'),
      /compose\.yaml:\d+: no service is called `reddis`/,
    ],
    [
      'a circle',
      (t) =>
        t.replace(
          '    image: redis:8.2.10-bookworm',
          '    image: redis:8.2.10-bookworm\n    depends_on: [redis-exporter]',
        ),
      /compose\.yaml:\d+: services wait for each other: redis-exporter → redis → redis-exporter/,
    ],
    [
      'a volume that is not declared',
      (t) => t.replace('\n  redis-data:\n', '\n'),
      /compose\.yaml:\d+: the volume `redis-data` is not declared/,
    ],
    [
      'a secret that is not declared',
      (t) => t.replace(/\n {2}minio_user: .*/, ''),
      /compose\.yaml:\d+: the secret `minio_user` is not declared/,
    ],
    [
      'a target without a service',
      (t) => t.replace('\n  mediamtx:\n', '\n  media:\n'),
      /compose\.yaml:\d+: no service `mediamtx`, which the job mediamtx needs/,
    ],
    [
      'a file that is not there',
      (t) => t.replace('./rabbitmq/enabled_plugins', './rabbitmq/plugins'),
      /compose\.yaml:\d+: `.\/rabbitmq\/plugins` can't be read/,
    ],
    [
      'a path outside of the stack',
      (t) => t.replace('./rabbitmq/enabled_plugins', '../enabled_plugins'),
      /compose\.yaml:\d+: `..\/enabled_plugins` lies outside/,
    ],
    [
      'a variable that nobody set',
      (t) =>
        t.replace(
          'POSTGRES_PASSWORD_FILE: /run/secrets/postgres_password',
          'POSTGRES_PASSWORD: "${PG_PASSWORD:?}"',
        ),
      /compose\.yaml:\d+: the variable PG_PASSWORD isn't set/,
    ],
    [
      'a size that is none',
      (t) => t.replace('128mb', '128 apples'),
      /compose\.yaml:\d+: `128 apples` is no size/,
    ],
    [
      'a port that is none',
      (t) => t.replace(':9093:9093', ':9093:none'),
      /compose\.yaml:\d+: .* names no port/,
    ],
    [
      'a test of another form',
      (t) => t.replace('[CMD, redis-cli, ping]', '[redis-cli, ping]'),
      /compose\.yaml:\d+: a test begins with CMD/,
    ],
    [
      'the network of another service',
      (t) => t.replace('network_mode: host', 'network_mode: "service:prometheus"'),
      /compose\.yaml:\d+: .*network_mode/,
    ],
    [
      'a limit that is none',
      (t) => t.replace('nofile: { soft: 65536, hard: 65536 }', 'nofile: { soft: many }'),
      /compose\.yaml:\d+: .*ulimits/,
    ],
    ['no YAML at all', (t) => t.replace('services:', 'services: ['), /compose\.yaml:\d+: /],
  ])('%s', async (_what, change, expected) => {
    const problems = await problemsOf(await changed(change));
    expect(
      problems.some((text) => expected.test(text)),
      problems.join('\n'),
    ).toBe(true);
  });

  it('all of it at once', async () => {
    expect(
      (
        await problemsOf(
          await changed((t) =>
            t
              .replace('128mb', 'much')
              .replace('\n  redis-data:\n', '\n')
              .replace('    pid: host', '    gpus: all'),
          ),
        )
      ).length,
    ).toBeGreaterThanOrEqual(3);
  });

  it('no compose file', async () => {
    const dir = await changed((t) => `${t}\n`);
    await rm(join(dir, 'compose.yaml'));
    expect(await problemsOf(dir)).toEqual(['compose.yaml:1: the file is missing']);
  });
});

describe("Compose's own notations", () => {
  it.each([
    ['${A:-b}', {}, 'b'],
    ['${A:-b}', { A: '' }, 'b'],
    ['${A-b}', { A: '' }, ''],
    ['${A:-b}', { A: 'c' }, 'c'],
    ['$A/$A', { A: 'c' }, 'c/c'],
    ['$$A', {}, '$A'],
    ['${A:+x}', { A: '1' }, 'x'],
    ['${A:+x}', {}, ''],
    ['no dollar', {}, 'no dollar'],
  ] as [string, Record<string, string>, string][])(
    '%s with %o is `%s`',
    (text, environment, expected) => {
      const failed = (name: string): string => expect.fail(name);
      expect(interpolate(text, (name) => environment[name], failed)).toBe(expected);
    },
  );

  it.each(['$A', '${A}', '${A:?word}', '${A?word}'])('%s without A is told', (text) => {
    const missing: string[] = [];
    interpolate(
      text,
      () => undefined,
      (name) => String(missing.push(name)),
    );
    expect(missing).toEqual(['A']);
  });

  it('a command in one text is taken apart as a shell would', () => {
    expect(shellWords(`redis-server --save "" --name 'two words' a"b c"d`)).toEqual([
      'redis-server',
      '--save',
      '',
      '--name',
      'two words',
      'ab cd',
    ]);
  });

  it.each([
    ['64', 64],
    ['1k', 1024],
    ['128mb', 134_217_728],
    ['2G', 2_147_483_648],
    ['x', undefined],
    ['12 pounds', undefined],
  ])('%s is %s bytes', (text, bytes) => {
    expect(byteValue(text)).toBe(bytes);
  });
});

it("a variable of the project's .env is taken, unless the environment has another", async () => {
  const dir = await changed((t) => t.replace('redis:8.2.10-bookworm', 'redis:${REDIS_TAG}'));
  await writeFile(join(dir, '.env'), 'REDIS_TAG=8.2.10-bookworm\n');
  const image = async (environment: Record<string, string>): Promise<string | undefined> =>
    (await read(dir, environment)).services.find((s) => s.name === 'redis')?.image;
  expect(await image({})).toBe('redis:8.2.10-bookworm');
  expect(await image({ REDIS_TAG: '8' })).toBe('redis:8');
});
