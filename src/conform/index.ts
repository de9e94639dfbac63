import type { LiveFinding } from '../model/attach.ts';
import type { ServiceEvidence, ServicePromise } from '../model/conform.ts';
import { adviceFor } from './findings/advice.ts';
import { boundedFindings } from './findings/bounded.ts';
import { countFindings } from './findings/counts.ts';
import { durationFindings } from './findings/durations.ts';
import { shapeFindings } from './findings/shape.ts';
import { steadyFindings } from './findings/steady.ts';
import { httpRoles } from './roles.ts';
import { lastOf } from './samples.ts';

/** Holds what was seen of a running service against what the contract promises of it. Pure. */
export function judgeService(evidence: ServiceEvidence, promise: ServicePromise): LiveFinding[] {
  const roles = httpRoles(promise.metrics);
  const last = lastOf(evidence.after);
  const steady = steadyFindings(evidence, promise, roles);
  const shape = last ? shapeFindings(last, promise) : [];
  const bounded = boundedFindings(evidence, promise);
  // What some worker or a reset hides can't be counted, and a raw path is counted under its own
  // name.
  const countable = steady.every(({ id }) => id === 'conform/connections-not-back');
  const named = bounded.every(({ id }) => id !== 'conform/raw-path') && shape.length === 0;
  return [
    ...shape,
    ...steady,
    ...bounded,
    ...(countable && named ? countFindings(evidence, roles) : []),
    ...(countable ? durationFindings(evidence, promise.limits, roles) : []),
  ];
}

/** What breaks no promise and is worth a word, where the service's counts can be made sense of. */
export function adviseService(evidence: ServiceEvidence, promise: ServicePromise): LiveFinding[] {
  const roles = httpRoles(promise.metrics);
  const isSteady = steadyFindings(evidence, promise, roles).length === 0;
  return isSteady ? adviceFor(evidence, promise, roles) : [];
}
