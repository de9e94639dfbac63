import type { Plan } from '../model/plan.ts';
import type { Verdict } from '../model/verdict.ts';
import { fail, pass, seconds, tells } from './context.ts';
import type { TrackContext } from './context.ts';
import type { Episode } from './episodes.ts';
import { carries } from './episodes.ts';

/** When a track may fire and be told of, epoch ms: its breach or outage and what follows; nothing before. */
function loudWindow(c: TrackContext): { from: number; until: number } {
  const phase = c.step('breach') ? 'breach' : 'outage';
  return {
    from: c.began(phase),
    until:
      c.t0 +
      (c.track.steps.at(-1)?.endMs ?? 0) +
      c.alert.timing.groupIntervalMs +
      c.alert.timing.epsilonMs,
  };
}

/**
 * Nobody is told, and nothing fires, that the plan doesn't foresee: no other alert, instance, receiver or time, nothing twice.
 * What a track's own verdicts already name (fired on a blip, below the limit, a follower) is not named again.
 */
export function nothingUnexpected(
  plan: Plan,
  tracks: TrackContext[],
  episodes: Episode[],
  t0: number,
  already: Verdict[],
): Verdict[] {
  const verdicts: Verdict[] = [];
  const named = (id: string): boolean => already.some((v) => v.finding?.id === id);
  const crashedAlertmanager = crashOfAlertmanager(plan, tracks);
  for (const alert of plan.alerts) {
    const own = tracks.filter((c) => c.alert.alert === alert.alert);
    const context = {
      plan,
      alert,
      track: { id: own.length === 1 ? (own[0]?.track.id ?? alert.alert) : alert.alert },
    };
    if (alert.alert === plan.watchdog.alert) continue;
    const evidence = tracks[0]?.evidence;
    const told =
      evidence?.notifications.filter((n) => n.receivedAt >= t0 && n.alertname === alert.alert) ??
      [];
    const seen = new Set<string>();
    const problems: string[] = [];
    for (const n of told) {
      const track = own.find((c) => tells(n, c.track));
      const what = `${n.kind} (${n.to}) ${n.status} "${n.text.split('\n')[0] ?? ''}" ${seconds(n.receivedAt - t0)} after T0`;
      if (!track) problems.push(`${what}: no such instance was provoked`);
      else if (!alert.receivers.some((r) => r.kind === n.kind))
        problems.push(`${what}: this receiver is not promised for this alert`);
      else {
        const window = loudWindow(track);
        const key = `${track.track.id} ${n.kind} ${n.status}`;
        const again =
          seen.has(key) && crashedAlertmanager !== undefined && n.receivedAt >= crashedAlertmanager;
        const silent = plan.jobs.find((j) => j.name === track.track.labels['job'])?.toldBySilence;
        if (again) continue;
        if (
          (n.receivedAt < window.from || n.receivedAt > window.until) &&
          !named('fired-on-blip') &&
          !named('fired-below-limit') &&
          !isFollower(tracks, alert.alert, n.receivedAt)
        )
          problems.push(`${what}: not at this time`);
        else if (
          seen.has(key) &&
          !silent &&
          n.receivedAt >= window.from &&
          n.receivedAt <= window.until
        )
          problems.push(`${what}: told twice`);
        seen.add(key);
      }
    }
    const strangers = episodes.filter(
      (e) =>
        e.alert === alert.alert &&
        e.firingAt !== null &&
        e.firingAt >= t0 &&
        !own.some((c) => carries(e.labels, c.track.labels)) &&
        !isProvokedFollower(tracks, e),
    );
    if (problems.length > 0) {
      verdicts.push(
        fail(context, 'nothing unexpected', 'unexpected-notification', {
          title: `Somebody is told of ${alert.alert} without need`,
          expected: 'one notification per receiver, state and provoked instance, and no other',
          seen: problems.slice(0, 5).join('; '),
          likelyCause:
            'A route sends it to one receiver too many, the rule looks at more than it should, or grouping splits one event.',
        }),
      );
    } else if (strangers.length > 0) {
      verdicts.push(
        fail(context, 'nothing unexpected', 'unexpected-alert', {
          title: `${alert.alert} fires for something nobody provoked`,
          expected: 'firing for the provoked instances only',
          seen: strangers
            .map((e) => JSON.stringify(e.labels))
            .slice(0, 5)
            .join('; '),
          likelyCause:
            'The rule looks at more series than it should: pseudo file systems, other jobs, one series for each route.',
        }),
      );
    } else if (own.length > 0 || plan.selection === null)
      verdicts.push(pass(context, 'nothing unexpected', `${told.length} notifications in all`));
  }
  return verdicts;
}

/**
 * When Alertmanager was started again after the crash that the plan provokes, epoch ms. From then on it may repeat what
 * it had told: it saves its notification log every 15 minutes and when it's ended in an orderly way
 * (`maintenanceInterval` in Alertmanager's cmd/alertmanager/main.go), so a crash takes back what was told since.
 */
function crashOfAlertmanager(plan: Plan, tracks: TrackContext[]): number | undefined {
  const jobs = plan.jobs.filter((job) => job.component === 'alertmanager').map((job) => job.name);
  const track = tracks.find(
    (c) => jobs.includes(c.track.labels['job'] ?? '') && c.step('outage') && c.step('return'),
  );
  return track?.began('return');
}

/** A follower fires in Prometheus when it is provoked before an outage, also in a run that proves nothing else of it. */
function isProvokedFollower(tracks: TrackContext[], episode: Episode): boolean {
  return tracks.some(
    ({ track }) =>
      track.follower?.alert === episode.alert && carries(episode.labels, track.follower.labels),
  );
}

/** A follower's notification in an outage is named by the outage's own verdict. */
function isFollower(tracks: TrackContext[], alert: string, at: number): boolean {
  return tracks.some(
    (c) =>
      c.track.follower?.alert === alert &&
      at >= c.t0 + (c.step('provoke')?.startMs ?? Infinity) &&
      at <= c.t0 + (c.track.steps.at(-1)?.endMs ?? 0),
  );
}
