import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { pinnedImages } from '../../../src/commands/images.ts';
import { markOf } from '../../../src/lib/process-mark.ts';
import { OWNER_LABEL, RUN_LABEL } from '../../../src/container-engine/engine.ts';
import { baseOfServices } from '../../../src/images/index.ts';
import { get } from '../../../src/lib/http.ts';
import { plainContainer } from '../../../src/model/containers.ts';
import type { ContainerPlan } from '../../../src/model/containers.ts';
import { ContainerRuntime } from '../../../src/runtimes/docker/containers.ts';
import { removeRun } from '../../../src/runtimes/docker/leftovers.ts';
import { createNetwork } from '../../../src/runtimes/docker/network.ts';
import { greeting, keepsTheContract, withRunDir } from '../../runtimes/contract.ts';
import { PROJECT } from '../../support/cases.ts';
import { startCli } from '../../support/cli.ts';
import { contentsOf, engineOrSkip } from '../../support/engine.ts';

const IMAGES_MS = 300_000;
const PORT = 8080;
const KEPT = '/var/tmp/kept';
const ASKED = `fetch('http://127.0.0.1:${PORT}').then((a) => process.exit(a.ok ? 0 : 1), () => process.exit(1))`;

/** The greeter as a service that a job scrapes: it keeps its address when it is stopped. */
const PLAN: ContainerPlan = {
  ...plainContainer('greeter', baseOfServices()),
  job: 'greeter',
  entrypoint: ['node'],
  command: ['-e', greeting(PORT, '0.0.0.0', KEPT)],
  environment: { GREETING: 'good morning' },
  user: '0',
  hostname: 'greeter',
  healthcheck: {
    test: ['node', '-e', ASKED],
    intervalMs: 1_000,
    timeoutMs: 30_000,
    retries: 20,
    startPeriodMs: 1_000,
  },
  ports: [PORT],
};

it(
  'containers keep the contract of a runtime, and leave the engine as it was',
  { timeout: IMAGES_MS },
  async (context) => {
    const engine = await engineOrSkip(context);
    expect(await pinnedImages(`${PROJECT}/stack`)).toContain(baseOfServices());
    const made = await startCli(['images']);
    expect(made.exitCode, made.stderr).toBe(0);
    const before = await contentsOf(engine);
    const { docker } = engine;
    const [runId, prefix] = ['contract', 'gtv-contract'];
    const labels = { [RUN_LABEL]: runId, [OWNER_LABEL]: markOf() };
    const end = new AbortController();
    await withRunDir(async (runDir) => {
      try {
        const { name, addresses } = await createNetwork(docker, prefix, ['greeter'], labels);
        const around = {
          docker,
          prefix,
          labels,
          network: name,
          addresses,
          idleImage: baseOfServices(),
          signal: end.signal,
        };
        const runtime = new ContainerRuntime([PLAN], around, runDir, () => []);
        runtime.onCrash((error) => expect.unreachable(error.message));
        const ask = async (): Promise<string> => {
          const port = (await runtime.published('greeter'))[PORT];
          return get(`http://127.0.0.1:${String(port)}`, 1_000);
        };
        await keepsTheContract(runtime, { runDir, kept: KEPT, ask });
        expect(readFileSync(`${runDir}/taken/word`, 'utf8')).toBe('kept');
      } finally {
        end.abort(new Error('the test has ended'));
        await removeRun(docker, runId);
      }
    });
    expect(await contentsOf(engine)).toEqual(before);
  },
);
