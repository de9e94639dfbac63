import http from 'k6/http';
import { follower, hold } from './lib/follow.ts';
import type { Adjusted } from './lib/follow.ts';
import { params, plan, urlOf } from './lib/plan.ts';
import type { Start } from './lib/plan.ts';

const SIGNAL = 'load.cameras-offline';
const CAMERAS = plan.constants['cameras'] ?? 0;

export const cameraScenarios = follower(SIGNAL, 'cameras');

/** Cameras flap: as many are offline as the plan says at each moment. */
export function cameras(start: Start): void {
  hold(SIGNAL, start, (level) => adjustCameras(start, level));
}

/** Brings as many cameras offline as the level says. */
export function adjustCameras(start: Start | null, level: number): Adjusted {
  const base = urlOf('backend');
  const now = http.get(`${base}/api/cameras`, params(start, 'backend', '/api/cameras', 'text'));
  if (now.status !== 200) return 'failed';
  const { offline } = now.json() as { offline: number };
  if (offline === level) return 'as it should be';
  // Cameras 1 to n are the ones that are offline, so that a number alone says which.
  const [from, to] = [Math.min(offline, level), Math.min(Math.max(offline, level), CAMERAS)];
  const body = JSON.stringify({ online: offline > level });
  const answers = http.batch(
    Array.from({ length: to - from }, (_, k) => ({
      method: 'PUT',
      url: `${base}/api/cameras/${from + 1 + k}/state`,
      body,
      params: params(start, 'backend', '/api/cameras/:id/state', 'none', {
        'content-type': 'application/json',
      }),
    })),
  );
  return answers.every((answer) => answer.status === 204) ? 'adjusted' : 'failed';
}
