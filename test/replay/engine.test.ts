import { chmodSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { lifeOf, markOf } from '../../src/lib/process-mark.ts';
import { startEngine } from '../../src/replay/engine.ts';
import { withEngine } from '../../src/replay/with-engine.ts';
import { PROJECT } from '../support/cases.ts';
import { evaluated } from '../support/evaluated.ts';

let dir = '';
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'gtv-replayed-'));
  mkdirSync(join(dir, 'tmp'));
  mkdirSync(join(dir, 'blocks'));
  vi.stubEnv('TMPDIR', join(dir, 'tmp'));
});
afterEach(() => {
  vi.unstubAllEnvs();
  rmSync(dir, { recursive: true });
});

/** Says where it listens, and answers everything; its own number is in `pid`. */
function standIn(): string {
  const path = join(dir, 'prometheus');
  writeFileSync(
    path,
    `#!${process.execPath}
const address = process.argv.find((one) => one.startsWith('--web.listen-address='));
require('node:fs').writeFileSync(${JSON.stringify(join(dir, 'pid'))}, String(process.pid));
require('node:http').createServer((_, response) => response.end('ready'))
  .listen(Number(address.split(':').at(-1)), '127.0.0.1');
`,
  );
  chmodSync(path, 0o755);
  return path;
}

it('blocks that are gone are told in words, and leave no temporary folder', async () => {
  const blocks = join(dir, 'that-are-gone');
  const { signal } = new AbortController();
  await expect(
    startEngine({ prometheus: standIn(), blocks, flags: [], signal }),
  ).rejects.toMatchObject({
    message: `the blocks of Prometheus that the run kept are gone: there is no ${blocks}`,
  });
  expect(readdirSync(join(dir, 'tmp'))).toEqual([]);
});

it('an engine ends when it is disposed of, and leaves nothing', async () => {
  const { signal } = new AbortController();
  const blocks = join(dir, 'blocks');
  const engine = await startEngine({ prometheus: standIn(), blocks, flags: [], signal });
  expect(readdirSync(join(dir, 'tmp'))).toHaveLength(1);
  await engine[Symbol.asyncDispose]();
  expect(readdirSync(join(dir, 'tmp'))).toEqual([]);
});

it('it ends with whoever started it, also where that is killed', async () => {
  const options = { prometheus: standIn(), blocks: join(dir, 'blocks'), flags: [] };
  const starter = evaluated(`
import { readFileSync } from 'node:fs';
import { startEngine } from ${JSON.stringify(join(PROJECT, 'src/replay/engine.ts'))};
const signal = new AbortController().signal;
await startEngine({ ...${JSON.stringify(options)}, signal });
console.log(readFileSync(${JSON.stringify(join(dir, 'pid'))}, 'utf8'));
setInterval(() => undefined, 1_000);`);
  const pid = await new Promise((resolve) => starter.stdout.once('data', resolve));
  const mark = markOf(Number(String(pid)));
  expect(lifeOf(mark)).toBe('alive');
  starter.kill('SIGKILL');
  await starter;
  await expect.poll(() => lifeOf(mark), { timeout: 10_000 }).toBe('dead');
});

describe('what is done with an engine that stops answering', () => {
  const done = (act: () => Promise<void>, signal = new AbortController().signal): Promise<void> =>
    withEngine({ prometheus: standIn(), blocks: join(dir, 'blocks'), flags: [], signal }, act);

  it('is told as that, and leaves nothing', async () => {
    await expect(done(() => Promise.reject(new TypeError('fetch failed')))).rejects.toMatchObject({
      name: 'HarnessError',
      message: "the Prometheus over the run's blocks didn't answer a question: fetch failed",
    });
    expect(readdirSync(join(dir, 'tmp'))).toEqual([]);
  });

  it('ends with the interruption where it is one', async () => {
    const stop = new AbortController();
    const reason = new Error('interrupted');
    const act = (): Promise<void> => {
      stop.abort(reason);
      return Promise.reject(new TypeError('fetch failed'));
    };
    await expect(done(act, stop.signal)).rejects.toBe(reason);
    expect(readdirSync(join(dir, 'tmp'))).toEqual([]);
  });
});
