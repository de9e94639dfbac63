import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Disposal } from '../../lib/disposal.ts';
import { get } from '../../lib/http.ts';
import { ProcessRuntime } from '../../runtimes/native/processes.ts';
import { SAMPLED } from '../events.ts';
import { startComponents } from './components.ts';
import type { Componented } from './components.ts';

/** Starts real components, and keeps what each tells at rest, by its job. */
export async function sample(
  world: Componented,
  runDir: string,
  signal: AbortSignal,
): Promise<void> {
  const disposal = new Disposal();
  const died = new AbortController();
  const either = AbortSignal.any([signal, died.signal]);
  try {
    const onCrash = (error: Error): void => died.abort(error);
    const runtime = new ProcessRuntime({ runDir, addresses: world.hosts, onCrash });
    disposal.defer(() => runtime.stopAll());
    await startComponents(world, runDir, runtime, disposal, either);
    const texts = await Promise.all(
      world.components.map(
        async ({ job, target }) => [job, await get(`http://${target}/metrics`)] as const,
      ),
    );
    await writeFile(join(runDir, SAMPLED), JSON.stringify(Object.fromEntries(texts)));
  } finally {
    await disposal.dispose();
  }
}
