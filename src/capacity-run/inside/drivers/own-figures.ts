import { get } from '../../../lib/http.ts';
import type { Figures } from '../../../model/figures.ts';
import { readServed, servedFigures } from '../../measure/served.ts';
import type { Served } from '../../measure/served.ts';
import type { LoadedService } from './loaded-services.ts';

/**
 * What a service says of itself is worth waiting for a moment, not for the whole measured part, ms.
 */
const ASK_WITHIN_MS = 2_000;
/** Where a service says how long its event loop was held up (fake-services/lib/event-loop.ts). */
const EVENT_LOOP = '/diagnostics/event-loop';

/** What services have said of themselves at a moment, by name. */
export type OwnWords = Map<string, Served>;

/**
 * Each service's own metrics now, from which the next question counts; one that doesn't answer in
 * time is left out.
 */
export async function askedNow(loaded: LoadedService[]): Promise<OwnWords> {
  const [now] = await Promise.all([ask(loaded), ...loaded.map(lagSinceAsked)]);
  return now;
}

/** Each service's own metrics now; one that doesn't answer in time is left out. */
async function ask(loaded: LoadedService[]): Promise<OwnWords> {
  const answers = await Promise.all(
    loaded.map(
      async ({ name, base }) =>
        [
          name,
          await get(`${base}/metrics`, ASK_WITHIN_MS).then(readServed, () => undefined),
        ] as const,
    ),
  );
  return new Map(answers.flatMap(([name, served]) => (served ? [[name, served] as const] : [])));
}

/** What each service says of itself since it was asked before. */
export async function ownFigures(
  loaded: LoadedService[],
  before: OwnWords,
): Promise<Record<string, Figures>> {
  const [now, lags] = await Promise.all([ask(loaded), Promise.all(loaded.map(lagSinceAsked))]);
  return Object.fromEntries(
    loaded.map(({ name }, i) => {
      const [from, to, lag] = [before.get(name), now.get(name), lags[i]];
      return [
        name,
        {
          ...(from && to ? servedFigures(from, to) : {}),
          ...(lag === undefined ? {} : { eventLoopLagP99Seconds: lag }),
        },
      ];
    }),
  );
}

async function lagSinceAsked({ base }: LoadedService): Promise<number | undefined> {
  try {
    return (JSON.parse(await get(`${base}${EVENT_LOOP}`, ASK_WITHIN_MS)) as { p99Seconds: number })
      .p99Seconds;
  } catch {
    // Too busy to say: that it is will show elsewhere.
    return undefined;
  }
}

/** Of several services, the worst of what can be compared, and the sum of what can be added. */
export function worst(own: Record<string, Figures>): Figures {
  const values = (name: keyof Figures): number[] =>
    Object.values(own).flatMap((figures) => figures[name] ?? []);
  const of = (name: keyof Figures, together: (numbers: number[]) => number): Figures =>
    values(name).length === 0 ? {} : { [name]: together(values(name)) };
  const most = (numbers: number[]): number => Math.max(...numbers);
  return {
    ...of('servedP95Seconds', most),
    ...of('servedErrorShare', most),
    ...of('eventLoopLagP99Seconds', most),
    ...of('connections', (numbers) => numbers.reduce((a, b) => a + b, 0)),
  };
}
