import http from 'k6/http';
import type { Options } from 'k6/options';
import { eventsInTick, stepAt } from './lib/schedule.ts';
import { GRACEFUL_STOP, REQUEST_TIMEOUT, acted, duration, iteration, plan, stepsOf, urls } from './lib/plan.ts';
import type { Start } from './lib/plan.ts';
import { reconcile } from './lib/reconcile.ts';

/** Recording errors are sent in ticks: the error rate changes while the arrival rate of a scenario can't. */
const TICKS_PER_SECOND = 50;

export const streamingScenarios: NonNullable<Options['scenarios']> = {
  ...(stepsOf('load.streams').length === 0 ? {} : { streams: { executor: 'per-vu-iterations', vus: 1, iterations: 1, maxDuration: duration, gracefulStop: GRACEFUL_STOP, exec: 'streams' } }),
  ...(stepsOf('load.recording-errors').length === 0 ? {} : { recording_errors: { executor: 'constant-arrival-rate', rate: TICKS_PER_SECOND, timeUnit: '1s', duration, gracefulStop: GRACEFUL_STOP, preAllocatedVUs: 75, exec: 'recordingErrors' } }),
};

const options = (name: string): { redirects: number; timeout: string; responseType: 'text'; tags: Record<string, string> } => ({ redirects: 0, timeout: REQUEST_TIMEOUT, responseType: 'text', tags: { name, service: 'streaming' } });

/** As many streams are open as the plan says at each moment. */
export function streams(start: Start): void {
  const base = `${urls['streaming'] ?? ''}/api/streams`;
  reconcile('load.streams', start, (level) => {
    const now = http.get(base, options('/api/streams'));
    if (now.status !== 200) return false;
    const { ids } = now.json() as { ids: string[] };
    const answers = ids.length < level
      ? Array.from({ length: level - ids.length }, () => http.post(base, null, options('/api/streams')))
      : ids.slice(level).map((id) => http.del(`${base}/${id}`, null, options('/api/streams/:id')));
    return answers.every((answer) => answer.status === 201 || answer.status === 204);
  });
}

/** Recordings fail, `speed` times as often as the model's rate says. */
export function recordingErrors(start: Start): void {
  const { i, offsetMs } = iteration(start);
  const steps = stepsOf('load.recording-errors');
  const count = eventsInTick(steps, i, TICKS_PER_SECOND, offsetMs, plan.speed);
  const step = stepAt(steps, offsetMs + (i * 1000) / TICKS_PER_SECOND);
  if (step && (count > 0 || step.level === 0)) acted(step);
  for (let n = 0; n < count; n++) http.post(`${urls['streaming'] ?? ''}/api/recordings/cam-${1 + (i % 100)}/failures`, null, options('/api/recordings/:id/failures'));
}
