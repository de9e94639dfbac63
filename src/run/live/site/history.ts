import type { Series } from '../../../model/series.ts';
import type { LiveSpan } from '../../../model/live.ts';

/** What is looked at: `stepMs` apart, up to now. */
export interface Window {
  nowMs: number;
  lengthMs: number;
  stepMs: number;
}

/**
 * The stretches in which an alert was pending or firing, from the samples of its series of `ALERTS`
 * at each step. Where one instance fires, the alert fires.
 */
export function spansOf(series: Series[], { nowMs, lengthMs, stepMs }: Window): LiveSpan[] {
  const states = new Map<number, LiveSpan['state']>();
  for (const { labels, samples } of series)
    for (const [at] of samples) {
      const step = Math.round((at - (nowMs - lengthMs)) / stepMs);
      if (labels['alertstate'] === 'firing') states.set(step, 'firing');
      else if (!states.has(step)) states.set(step, 'pending');
    }
  const spans: LiveSpan[] = [];
  for (const [step, state] of [...states].sort(([a], [b]) => a - b)) {
    const fromMs = step * stepMs - lengthMs;
    const toMs = Math.min(0, fromMs + stepMs);
    const last = spans.at(-1);
    if (last?.state === state && last.toMs === fromMs) last.toMs = toMs;
    else spans.push({ state, fromMs, toMs });
  }
  return spans;
}
