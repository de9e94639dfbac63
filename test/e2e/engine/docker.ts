import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { until } from '../../../src/lib/wait.ts';
import type { Evidence } from '../../../src/model/evidence.ts';
import { RUN_LABEL, connectEngine } from '../../../src/container-engine/engine.ts';
import { baseOfServices } from '../../../src/images/index.ts';
import { changedStack } from '../../support/cases.ts';
import { newRunsDir, onlyRun, startCli } from '../../support/cli.ts';
import { IMAGES_MS, contentsOf, engineOrSkip, makeImages } from '../../support/engine.ts';

const signal = new AbortController().signal;
const WAIT_MS = 120_000;
/** The smallest stack whose components are real: the runtime is the same for any. */
const SMALL = 'test/stacks/cache';
const VERIFY = ['verify', '--runtime', 'docker', '--only', 'alert/TargetDown/redis', '--stack'];

/** What the engine has before any run. */
let atFirst: Record<string, string[]> | undefined;

beforeAll(async () => {
  await makeImages();
  const engine = await connectEngine().catch(() => undefined);
  atFirst = engine && (await contentsOf(engine));
}, IMAGES_MS);

/** Waits until a run's Prometheus runs; its containers' ids. */
async function running(runsDir: string): Promise<string[]> {
  const { docker } = await connectEngine();
  return until(
    async () => {
      const name = readdirSync(runsDir)[0];
      if (name === undefined) return undefined;
      const containers = await docker.listContainers({
        filters: JSON.stringify({ label: [`${RUN_LABEL}=${name}`] }),
      });
      return containers.some((c) => c.Names.some((n) => n.endsWith('-driver'))) &&
        containers.some((c) => c.Names.some((n) => n.endsWith('-prometheus')))
        ? containers.map((c) => c.Id)
        : undefined;
    },
    { what: 'the containers run', timeoutMs: WAIT_MS, everyMs: 200, signal },
  );
}

describe('the docker runtime', () => {
  it(
    'Ctrl-C: says so, exits 2, keeps its evidence, leaves nothing',
    { timeout: WAIT_MS },
    async (context) => {
      const engine = await engineOrSkip(context);
      const before = await contentsOf(engine);
      const runsDir = newRunsDir();
      const cli = startCli([...VERIFY, SMALL], runsDir);
      await running(runsDir);
      cli.kill('SIGINT');
      const result = await cli;
      expect(result.exitCode).toBe(2);
      expect(result.stdout).toContain('interrupted');
      expect(
        (JSON.parse(readFileSync(join(onlyRun(runsDir), 'evidence.json'), 'utf8')) as Evidence)
          .interruption,
      ).not.toBeNull();
      expect(await contentsOf(engine)).toEqual(before);
    },
  );

  it(
    "kill -9: the driver ends by itself, and `down` removes the rest, and nothing of anybody else's",
    { timeout: WAIT_MS },
    async (context) => {
      const engine = await engineOrSkip(context);
      // Somebody else's, one of them with a label like ours but of a process that nobody can see
      // from here.
      const others = await Promise.all(
        [{}, { [RUN_LABEL]: 'elsewhere', 'gtvision.owner': '1@another-machine/1' }].map((labels) =>
          engine.docker.createContainer({ Image: baseOfServices(), Labels: labels }),
        ),
      );
      try {
        const before = await contentsOf(engine);
        const runsDir = newRunsDir();
        const cli = startCli([...VERIFY, SMALL], runsDir);
        const ids = await running(runsDir);
        cli.kill('SIGKILL');
        await cli;
        const driver = (
          await Promise.all(ids.map((id) => engine.docker.getContainer(id).inspect()))
        ).find((c) => c.Name.endsWith('-driver'));
        await until(
          async () =>
            (await engine.docker.getContainer(driver?.Id ?? '').inspect()).State.Running
              ? undefined
              : true,
          { what: 'the driver has ended', timeoutMs: WAIT_MS, signal },
        );
        expect(await contentsOf(engine)).not.toEqual(before);
        const down = await startCli(['down'], runsDir);
        expect(down.stdout).toMatch(/\d+ containers, 1 networks and \d+ volumes on/);
        expect(await contentsOf(engine)).toEqual(before);
        expect((await startCli(['down'], runsDir)).stdout).toContain('Nothing was left behind');
      } finally {
        await Promise.all(others.map((other) => other.remove()));
      }
    },
  );
});

// Side by side: each waits for its containers most of the time.
describe.concurrent('what cannot be run in containers: a clear sentence, exit 2', () => {
  it.for<[string, string, string, RegExp]>([
    [
      'a container that dies at start',
      '--storage.tsdb.path=/prometheus]',
      '--no-such-flag]',
      /prometheus ended by itself \(exit [1-9]\d*\):[^]*unknown (long )?flag/,
    ],
    [
      'a health check that never passes',
      '[CMD, redis-cli, ping], interval: 10s',
      '[CMD, redis-cli, -p, "1", ping], interval: 1s',
      /redis isn't healthy after 6 s: its check `redis-cli -p 1 ping` said: [^]*refused/,
    ],
    [
      'a program that is not in the image',
      '[redis-server, --save',
      '[no-such-program, --save',
      /redis( \(redis:8\S+\) can't be started| ended by itself)[^]*no-such-program/,
    ],
    [
      'an image that cannot be pulled',
      'image: redis:8.2.10-bookworm',
      'image: gtvision-test/nothing-like-it:1',
      /the docker runtime lacks an image: gtvision-test\/nothing-like-it:1 \(docker\.io: \S[^\n]*\)/,
    ],
    [
      'a key that is not known',
      'environment: { REDIS_ADDR',
      'gpus: all\n    environment: { REDIS_ADDR',
      /compose\.yaml:\d+:\d+[^]*gpus/,
    ],
    [
      'a folder of the host',
      '"redis-data:/data"',
      '"/var/lib/redis:/data"',
      /compose\.yaml:\d+:\d+[^]*redis mounts \/var\/lib\/redis of the host/,
    ],
  ])('%s', { timeout: WAIT_MS }, async ([, find, put, expected], context) => {
    await engineOrSkip(context);
    const stack = changedStack([{ file: 'compose.yaml', find, put }], SMALL);
    const result = await startCli([...VERIFY, stack, '--quiet']);
    const said = `${result.stdout}\n${result.stderr}`.replace(/\s*\n\s*/g, ' ');
    expect(said).toMatch(expected);
    expect(said).not.toMatch(/^\s+at .*\.ts:/m);
    expect(result.exitCode).toBe(2);
  });

  it('no engine, though it was asked for', async () => {
    const cli = await startCli([...VERIFY, SMALL], newRunsDir(), {
      DOCKER_HOST: 'unix:///nowhere/docker.sock',
    });
    expect(cli.exitCode).toBe(2);
    expect(cli.stderr).toContain('no container engine at unix:///nowhere/docker.sock');
    expect(cli.stderr).toContain('--runtime native');
  });
});

it('nothing is left of what cannot be run', async (context) => {
  const engine = await engineOrSkip(context);
  expect(await contentsOf(engine)).toEqual(atFirst);
});
