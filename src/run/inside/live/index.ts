import { componentSignal, isLoad, jobMovedBy } from '../../../lib/plan-names.ts';
import { Disposal } from '../../../lib/disposal.ts';
import { messageOf } from '../../../lib/errors.ts';
import { sleepUntil } from '../../../lib/wait.ts';
import type { Evidence } from '../../../model/evidence.ts';
import type { Plan } from '../../../model/plan.ts';
import { splitTarget } from '../../../lib/target.ts';
import { addresses } from '../../addresses.ts';
import type { Outside, RunEvent, RunRequest } from '../../events.ts';
import { PrometheusApi } from '../../../lib/prometheus-api.ts';
import { waitUntilReady } from '../ready.ts';
import { emptyEvidence } from '../empty-evidence.ts';
import { startWorld } from '../world.ts';
import { startComponent, stopComponent } from '../stimuli/drive.ts';
import type { World } from '../world.ts';
import { hourAt } from '../../../technologies/day.ts';
import { dayLevels } from '../../../technologies/registry.ts';
import { openDoor } from './doors.ts';
import { Inbox } from './inbox.ts';
import { followNotices } from './follow-notices.ts';
import { startRemote } from './remote.ts';

const EVERY_MS = 500;

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
      stop.abort(new Error('it was told to end')),
    );
    await openDoors(plan, request.runDir, disposal);
    world.control.setLevels(dayLevels(0));
    world.control.release(t0);
    evidence.t0 = t0;
    emit({ type: 'up' });
    await liveDay(plan, world, t0, () => remote.provoked(), signal, emit);
  } catch (error) {
    const reason = signal.aborted ? (signal.reason as unknown) : error;
    evidence.interruption = { at: Date.now(), reason: 'ended', detail: messageOf(reason) };
  }
  await disposal.dispose();
  evidence.endedAt = Date.now();
  return evidence;
}

/** A door to each job, and to the inbox with what the receivers got. */
async function openDoors(plan: Plan, runDir: string, disposal: Disposal): Promise<void> {
  for (const job of plan.jobs) {
    const { host, port } = splitTarget(job.target);
    await openDoor(runDir, job.name, host, port, disposal);
  }
  await openDoor(runDir, 'inbox', 'inbox', 80, disposal);
}

/**
 * Sets every signal to the level of the hour, or to what is provoked, twice a second until the
 * signal.
 */
async function liveDay(
  plan: Plan,
  world: World,
  t0: number,
  provoked: () => Plan['provocations'],
  signal: AbortSignal,
  emit: (event: RunEvent) => void,
): Promise<void> {
  const now: Record<string, number> = {};
  let told = ' ';
  for (;;) {
    signal.throwIfAborted();
    const modelMs = Math.max(0, Date.now() - t0) * plan.speed;
    const wanted = {
      ...dayLevels(modelMs),
      ...Object.fromEntries(plan.jobs.map((job) => [componentSignal(job.name), 1])),
      ...Object.fromEntries(provoked().map((p) => [p.signal, p.level])),
    };
    world.control.setLevels(
      Object.fromEntries(Object.entries(wanted).filter(([name]) => isLoad(name))),
    );
    for (const [name, level] of Object.entries(wanted)) {
      if (now[name] === level || isLoad(name)) continue;
      await setSignal(world, name, level, now[name] ?? 1, signal);
      now[name] = level;
    }
    const hour = `${String(Math.floor(hourAt(modelMs))).padStart(2, '0')}:00`;
    const names = provoked()
      .map((p) => p.name)
      .join(', ');
    if (!told.endsWith(` ${names}`))
      emit({ type: 'line', text: names === '' ? 'nothing is provoked' : `provoking ${names}` });
    if (`${hour} ${names}` !== told)
      emit({
        type: 'update',
        phase: `up; it is ${hour} there`,
        doneMs: 0,
        totalMs: 0,
        waitingFor: names === '' ? '' : `provoking ${names}`,
      });
    told = `${hour} ${names}`;
    await sleepUntil(Date.now() + EVERY_MS, signal);
  }
}

async function setSignal(
  world: World,
  name: string,
  level: number,
  before: number,
  signal: AbortSignal,
): Promise<void> {
  const job = jobMovedBy(name);
  if (job === undefined) return void (await world.actors[name]?.set(level));
  if (level === before) return;
  if (level === 0) return stopComponent(job, world);
  await startComponent(job, world, signal);
}
