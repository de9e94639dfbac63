import { fileURLToPath } from 'node:url';
import { answerOf, get } from '../../../lib/http.ts';
import { moduleArguments } from '../../../lib/start-module.ts';
import type { DriverPlace } from '../driver.ts';
import { CONTROL_PORT } from './exporters-protocol.ts';
import type { Exporter, ExportersAccount, ExportersLoad } from './exporters-protocol.ts';

export const EXPORTERS = 'exporters';
const CONTROL = `http://127.0.0.1:${CONTROL_PORT}`;
const READY_WITHIN_MS = 15_000;
/** Texts of a million series take a while, ms. */
const MADE_WITHIN_MS = 120_000;

/** The exporters, in a process of their own: the truth about what was there to be scraped. */
export class Exporters {
  private readonly place: DriverPlace;

  constructor(place: DriverPlace) {
    this.place = place;
  }

  async start(signal: AbortSignal): Promise<void> {
    const script = fileURLToPath(new URL('exporters.ts', import.meta.url));
    const { runtime } = this.place;
    runtime.learn([
      {
        name: EXPORTERS,
        command: process.execPath,
        args: moduleArguments(script),
        ready: async () => void (await get(`${CONTROL}/ready`)),
        readyWithinMs: READY_WITHIN_MS,
      },
    ]);
    await runtime.start(EXPORTERS, signal);
  }

  /** Makes them what the load says; what they were before is gone. */
  async load(load: ExportersLoad, signal: AbortSignal): Promise<Exporter[]> {
    const response = await answerOf(`${CONTROL}/load`, {
      method: 'POST',
      body: JSON.stringify(load),
      signal,
      timeoutMs: MADE_WITHIN_MS,
    });
    if (!response.ok) throw new Error(`the exporters couldn't be made: ${response.body}`);
    return JSON.parse(response.body) as Exporter[];
  }

  /** What came after `fromMs` and not after `toMs`, epoch ms. */
  async account(fromMs: number, toMs: number): Promise<ExportersAccount> {
    return JSON.parse(
      await get(`${CONTROL}/account?from=${fromMs}&to=${toMs}`, MADE_WITHIN_MS),
    ) as ExportersAccount;
  }

  /** The quietest moment in the `withinMs` after `fromMs`, for a window to begin at, epoch ms. */
  async quiet(fromMs: number, withinMs: number, intervalMs: number): Promise<number> {
    return Number(
      await get(
        `${CONTROL}/quiet?from=${fromMs}&within=${withinMs}&interval=${intervalMs}`,
        MADE_WITHIN_MS,
      ),
    );
  }
}
