import http from 'k6/http';
import { follow, follower, hold } from './lib/follow.ts';
import type { Adjusted } from './lib/follow.ts';
import { acted, params, plan, stepsOf, urlOf } from './lib/plan.ts';
import type { Start } from './lib/plan.ts';
import { eventsBy, timeOfEvent } from './lib/schedule.ts';

const STREAMS = 'load.streams';
const RECORDINGS = 'load.recordings';
const FAILURES = 'load.recording-errors';
const CAMERAS = plan.constants['cameras'] ?? 1;

export const streamingScenarios = {
  ...follower(STREAMS, 'streams'),
  ...follower(RECORDINGS, 'recordings'),
  ...follower(FAILURES, 'recordingErrors'),
};

/** As many streams are open as the plan says at each moment. */
export function streams(start: Start): void {
  hold(STREAMS, start, (level) => adjustOpen('streams', start, level));
}

/** As many recordings are in progress as the plan says at each moment. */
export function recordings(start: Start): void {
  hold(RECORDINGS, start, (level) => adjustOpen('recordings', start, level));
}

/** Opens or closes as many streams or recordings as the level wants. */
export function adjustOpen(
  kind: 'streams' | 'recordings',
  start: Start | null,
  level: number,
): Adjusted {
  const base = `${urlOf('streaming')}/api/${kind}`;
  const now = http.get(base, params(start, 'streaming', `/api/${kind}`, 'text'));
  if (now.status !== 200) return 'failed';
  const { ids } = now.json() as { ids: string[] };
  if (ids.length === level) return 'as it should be';
  const opened = Array.from({ length: Math.max(0, level - ids.length) }, () => ({
    method: 'POST',
    url: base,
    params: params(start, 'streaming', `/api/${kind}`, 'none'),
  }));
  const closed = ids.slice(level).map((id) => ({
    method: 'DELETE',
    url: `${base}/${id}`,
    params: params(start, 'streaming', `/api/${kind}/:id`, 'none'),
  }));
  const answers = http.batch([...opened, ...closed]);
  return answers.every((answer) => answer.status === 201 || answer.status === 204)
    ? 'adjusted'
    : 'failed';
}

/**
 * Recordings fail, `speed` times as often as the model's rate says: each failure is reported at its
 * own planned time. One user that sleeps until the next one is due needs no arrival rate: nothing
 * can be dropped, and what a frozen service held up is reported as soon as it answers.
 */
export function recordingErrors(start: Start): void {
  const steps = stepsOf(FAILURES);
  const base = urlOf('streaming');
  let sent = 0;
  let seen = '';
  follow(FAILURES, start, (step, runMs) => {
    const due = eventsBy(steps, runMs, plan.speed) - sent;
    // A new rate is in force from its step on, even if its first event comes later.
    if (due > 0) acted(step, runMs - timeOfEvent(steps, sent + 1, plan.speed));
    else if (seen !== step.step) acted(step);
    seen = step.step;
    if (due > 0)
      http.batch(
        Array.from({ length: due }, (_, k) => ({
          method: 'POST',
          url: `${base}/api/recordings/cam-${1 + ((sent + k) % CAMERAS)}/failures`,
          params: params(start, 'streaming', '/api/recordings/:id/failures', 'none'),
        })),
      );
    sent += due;
    return Math.ceil(timeOfEvent(steps, sent + 1, plan.speed));
  });
}
