import type { LiveFinding } from '../model/attach.ts';
import type { ServiceEvidence, ServicePromise } from '../model/conform.ts';
import { adviceFor } from './findings/advice.ts';
import { boundedFindings } from './findings/bounded.ts';
import { countAdvice, countFindings } from './findings/counts.ts';
import { durationAdvice, durationFindings } from './findings/durations.ts';
import { edgeAdvice, edgeFindings } from './findings/edges.ts';
import { shapeFindings } from './findings/shape.ts';
import { steadyFindings } from './findings/steady.ts';
import { restartIn } from './restart.ts';
import { httpRoles } from './roles.ts';
import type { HttpRoles } from './roles.ts';
import { lastOf } from './samples.ts';

/** Holds what was seen of a running service against what the contract promises of it. Pure. */
export function judgeService(evidence: ServiceEvidence, promise: ServicePromise): LiveFinding[] {
  const { roles, shape, steady, bounded, isCountable, isNamed } = looked(evidence, promise);
  return [
    ...shape,
    ...steady,
    ...bounded,
    ...(isCountable && isNamed ? countFindings(evidence, roles) : []),
    ...(isCountable ? durationFindings(evidence, roles) : []),
    ...edgeFindings(evidence, promise.limits, roles),
  ];
}

/** What breaks no promise and is worth a word, where the service's counts can be made sense of. */
export function adviseService(evidence: ServiceEvidence, promise: ServicePromise): LiveFinding[] {
  const { roles, steady, isCountable, isNamed } = looked(evidence, promise);
  if (steady.length > 0) return [];
  return [
    ...adviceFor(evidence, promise, roles),
    ...(isCountable && isNamed ? countAdvice(evidence, roles) : []),
    ...(isCountable ? durationAdvice(evidence, roles) : []),
    ...edgeAdvice(evidence, promise.limits, roles),
  ];
}

interface Looked {
  roles: HttpRoles;
  shape: LiveFinding[];
  steady: LiveFinding[];
  bounded: LiveFinding[];
  /** What some worker or a reset hides can't be counted, nor what a process took with it. */
  isCountable: boolean;
  /** A raw path is counted under its own name. */
  isNamed: boolean;
}

function looked(evidence: ServiceEvidence, promise: ServicePromise): Looked {
  const roles = httpRoles(promise.metrics);
  const last = lastOf(evidence.after);
  const shape = last ? shapeFindings(last, promise) : [];
  const steady = steadyFindings(evidence, promise, roles);
  const bounded = boundedFindings(evidence, promise);
  const isSteady = steady.every(({ id }) => id === 'conform/connections-not-back');
  return {
    ...{ roles, shape, steady, bounded },
    isCountable: isSteady && !restartIn([...evidence.before, ...evidence.after]),
    isNamed: bounded.every(({ id }) => id !== 'conform/raw-path') && shape.length === 0,
  };
}
