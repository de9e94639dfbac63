import { chmod, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { runK6 } from '../../src/conform/observe/k6.ts';
import { runK6Step } from '../../src/k6/step.ts';
import type { CapacityLoad } from '../../src/model/capacity-load.ts';
import type { ConformLoad } from '../../src/model/conform.ts';
import { withRunDir } from '../runtimes/contract.ts';

const { signal } = new AbortController();
/** A k6 whose account of its load is what it was given. */
const TELLS = `#!${process.execPath}
const { writeFileSync } = require('node:fs');
const begun = process.env.START_URL ? fetch(process.env.START_URL) : Promise.resolve();
begun.then(() => writeFileSync(process.env.SUMMARY, JSON.stringify(process.env)));
`;

beforeEach(() => {
  vi.stubEnv('HTTP_PROXY', 'http://127.0.0.1:9');
  vi.stubEnv('K6_VUS', '2');
  vi.stubEnv('GODEBUG', 'gctrace=1');
});
afterEach(() => {
  vi.unstubAllEnvs();
});

async function k6In(dir: string): Promise<string> {
  const k6 = join(dir, 'k6');
  await writeFile(k6, TELLS);
  await chmod(k6, 0o755);
  return k6;
}

/** What somebody's shell says to k6 is not done; the way out of their machine is taken. */
function expectOnlyTheWayOut(seen: object): void {
  expect(seen).toMatchObject({ HTTP_PROXY: 'http://127.0.0.1:9', K6_NO_USAGE_REPORT: 'true' });
  for (const name of ['K6_VUS', 'GODEBUG']) expect(seen).not.toHaveProperty(name);
}

it('a step of a capacity run is the same in any shell', () =>
  withRunDir(async (dir) => {
    const { account } = await runK6Step(
      { warmUpMs: 0, measuredMs: 0, timeoutMs: 1_000 } as CapacityLoad,
      {
        ...{ k6: await k6In(dir), projectDir: dir, dir, id: 'one', signal },
        onStart: () => undefined,
        onMeasured: () => undefined,
      },
    );
    expectOnlyTheWayOut(account);
  }));

it('so are the requests of conform', () =>
  withRunDir(async (dir) => {
    const options = { k6: await k6In(dir), script: 'conform.ts', signal };
    expectOnlyTheWayOut(await runK6({} as ConformLoad, options));
  }));
