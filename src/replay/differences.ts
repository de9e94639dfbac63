import type { Series } from '../model/series.ts';
import { keyOf } from './alert-states.ts';

/** A moment at which an alert's state isn't the recorded one. */
export interface Difference {
  alert: string;
  /** Labels of the instance. */
  labels: Record<string, string>;
  at: number;
  /** `inactive` where nothing was written. */
  recorded: string;
  replayed: string;
}

/**
 * Where replayed states differ from recorded ones.
 * @param recorded series of `ALERTS`
 * @param replayed likewise
 * @param fromMs from when on, epoch ms
 * @param toMs and until when
 */
export function differences(
  recorded: Series[],
  replayed: Series[],
  fromMs: number,
  toMs: number,
): Difference[] {
  const [then, now] = [statesOf(recorded), statesOf(replayed)];
  return [...new Set([...then.keys(), ...now.keys()])].flatMap((key) => {
    const [was, is] = [then.get(key), now.get(key)];
    const labels = (was ?? is)?.labels ?? {};
    const times = new Set([...(was?.states.keys() ?? []), ...(is?.states.keys() ?? [])]);
    return [...times]
      .filter((at) => at >= fromMs && at <= toMs && was?.states.get(at) !== is?.states.get(at))
      .sort((a, b) => a - b)
      .map((at) => ({
        alert: labels['alertname'] ?? '',
        labels,
        at,
        recorded: was?.states.get(at) ?? 'inactive',
        replayed: is?.states.get(at) ?? 'inactive',
      }));
  });
}

interface Instance {
  labels: Record<string, string>;
  states: Map<number, string>;
}

function statesOf(series: Series[]): Map<string, Instance> {
  const found = new Map<string, Instance>();
  for (const { labels: all, samples } of series) {
    const { __name__: name, alertstate = '', ...labels } = all;
    if (name !== 'ALERTS') continue;
    const instance = found.get(keyOf(labels)) ?? { labels, states: new Map<number, string>() };
    found.set(keyOf(labels), instance);
    for (const [at] of samples) instance.states.set(at, alertstate);
  }
  return found;
}
