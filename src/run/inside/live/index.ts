import { Disposal } from '../../../lib/disposal.ts';
import { messageOf } from '../../../lib/errors.ts';
import { ENDED } from '../../../model/evidence.ts';
import type { Evidence } from '../../../model/evidence.ts';
import type { Plan } from '../../../model/plan.ts';
import { splitTarget } from '../../../lib/target.ts';
import { addresses } from '../../addresses.ts';
import type { Outside, RunEvent, RunRequest } from '../../events.ts';
import { PrometheusApi } from '../../../lib/prometheus-api.ts';
import { waitUntilReady } from '../ready.ts';
import { emptyEvidence } from '../empty-evidence.ts';
import { startWorld } from '../world.ts';
import { dayLevels } from '../../../technologies/registry.ts';
import { liveDay } from './day.ts';
import { openDoor } from './doors.ts';
import { Inbox } from './inbox.ts';
import { followNotices } from './follow-notices.ts';
import { startRemote } from './remote.ts';

/** Somebody asked for the end (`down`). */
class ToldToEnd extends Error {}

/**
 * Keeps the stack up with an ordinary day of load until the signal, or until it is told to end.
 * What is provoked meanwhile stands above the day's own levels. Nothing is judged: the evidence
 * says only how it ended.
 */
export async function keepUp(
  plan: Plan,
  request: RunRequest,
  outerSignal: AbortSignal,
  emit: (event: RunEvent) => void,
  outside: Outside | null = null,
): Promise<Evidence> {
  const stop = new AbortController();
  const signal = AbortSignal.any([outerSignal, stop.signal]);
  const evidence = emptyEvidence(request);
  const disposal = new Disposal();
  const place = addresses(plan);
  try {
    emit({ type: 'phase', text: 'starting the stack' });
    const inbox = disposal.use(new Inbox());
    await inbox.start(place['inbox'] ?? '127.0.0.1');
    // What is told while components still come up is of no interest to anybody.
    followNotices(evidence, (notice) => (evidence.t0 === null ? undefined : inbox.take(notice)));
    const world = await startWorld(plan, request, {
      evidence,
      signal,
      crash: stop,
      // Nothing is judged here.
      onClockStep: () => undefined,
      disposal,
      outside,
    });
    const prometheus = plan.jobs.find((job) => job.component === 'prometheus');
    const t0 = await waitUntilReady(
      plan,
      new PrometheusApi(`http://${prometheus?.target ?? 'prometheus:9090'}`),
      evidence,
      signal,
      (what, withinMs) =>
        emit({
          type: 'update',
          phase: 'starting the stack',
          doneMs: Date.now() - evidence.startedAt,
          totalMs: 10_000,
          waitingFor: what,
          withinMs,
        }),
    );
    const remote = await startRemote(plan, request.runDir, disposal, () =>
      stop.abort(new ToldToEnd('it was told to end')),
    );
    await openDoors(plan, request.runDir, disposal);
    world.control.setLevels(dayLevels(0));
    world.control.release(t0);
    evidence.t0 = t0;
    emit({ type: 'up' });
    await liveDay({ plan, world, t0, provoked: () => remote.provoked(), signal, emit });
  } catch (error) {
    evidence.interruption = endBy(signal.aborted ? signal.reason : error, outerSignal.aborted);
  }
  await disposal.dispose();
  evidence.endedAt = Date.now();
  return evidence;
}

/** Why it went down. @param isStopped whether the command was interrupted */
function endBy(reason: unknown, isStopped: boolean): Evidence['interruption'] {
  const isAsked = isStopped || reason instanceof ToldToEnd;
  return { at: Date.now(), reason: isAsked ? ENDED : 'crashed', detail: messageOf(reason) };
}

/** A door to each job, and to the inbox with what the receivers got. */
async function openDoors(plan: Plan, runDir: string, disposal: Disposal): Promise<void> {
  for (const job of plan.jobs) {
    const { host, port } = splitTarget(job.target);
    await openDoor(runDir, job.name, host, port, disposal);
  }
  await openDoor(runDir, 'inbox', 'inbox', 80, disposal);
}
