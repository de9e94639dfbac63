import { EVIDENCE_VERSION } from '../../model/evidence.ts';
import type { Evidence } from '../../model/evidence.ts';
import type { RunRequest } from '../events.ts';

/** The evidence of a run that has seen nothing yet. */
export function emptyEvidence(
  request: Pick<RunRequest, 'runId' | 'versions' | 'notJudged'>,
): Evidence {
  const now = Date.now();
  return {
    schemaVersion: EVIDENCE_VERSION,
    runId: request.runId,
    startedAt: now,
    t0: null,
    endedAt: now,
    interruption: null,
    timeline: [],
    notifications: [],
    deliveries: [],
    blocks: null,
    pushes: [],
    series: [],
    expressions: {},
    groups: [],
    queryErrors: [],
    metrics: [],
    metadata: [],
    answers: {},
    panels: {},
    variables: {},
    grafana: null,
    truth: [],
    k6: null,
    versions: request.versions,
    notJudged: request.notJudged,
    lags: [],
    wall: { startupMs: 0, tracksMs: 0, teardownMs: 0 },
  };
}
