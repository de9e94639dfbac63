import type { Plan } from '../model/plan.ts';
import { colors } from './style.ts';

const SCALE_COLUMNS = 48;
const MARK: Record<string, string> = { settle: '·', near: 'n', blip: 'b', rest: '·', breach: '█', recovery: '░', provoke: '▒', outage: '█', return: '░' };

/** The plan for people: each track on one time axis, the components, the critical path. Starts nothing. */
export function planText(plan: Plan, options: { color: boolean; width: number }): string {
  const c = colors(options.color);
  const seconds = (ms: number): string => `${(ms / 1000).toFixed(1)} s`;
  const name = Math.max(...plan.tracks.map((t) => t.id.length), 5);
  const columns = Math.max(20, Math.min(SCALE_COLUMNS, options.width - name - 16));
  const rows = plan.tracks.map((track) => {
    const bar = Array.from({ length: columns }, (_, i) => {
      const from = (i * plan.lengthMs) / columns;
      const to = ((i + 1) * plan.lengthMs) / columns;
      // A blip is shorter than a column: it is shown wherever it begins.
      const blip = track.steps.find((s) => s.phase === 'blip' && s.startMs >= from && s.startMs < to);
      const step = blip ?? track.steps.find((s) => s.startMs <= from && from < s.endMs);
      return step ? (MARK[step.phase] ?? '?') : ' ';
    }).join('');
    const first = track.steps[0]?.startMs ?? 0;
    const last = track.steps.at(-1)?.endMs ?? 0;
    return `${track.id.padEnd(name)}  ${c.cyan(bar)}  ${seconds(first).padStart(6)} – ${seconds(last)}`;
  });
  const total = plan.criticalPath.reduce((sum, entry) => sum + entry.ms, 0);
  const path = plan.criticalPath.map((entry) => `  ${entry.name.padEnd(44)} ${seconds(entry.ms).padStart(8)}`);
  return [
    c.bold(`Plan for ${plan.stackName} at speed ${plan.speed}: ${plan.tracks.length} tracks, ${plan.alerts.length} alerts`),
    plan.speed === 1 ? 'Times are real.' : `Times are those of the run; ${plan.speed} times as much passes in the stack's own world.`,
    '',
    ...rows,
    c.dim('n just below the limit · b blip, shorter than `for` · █ over the limit or stopped · ░ back · ▒ follower provoked'),
    '',
    c.bold('Started:'),
    `  ${plan.jobs.map((job) => `${job.name} (${job.target})`).join(', ')}`,
    `  k6: ${Object.entries(plan.load.requestsPerSecond).map(([service, rate]) => `${rate} requests/s to ${service}`).join(', ')}, ${plan.load.lprPerSecond} LPR events/s`,
    '',
    c.bold('Critical path:'),
    ...path,
    `  ${'total'.padEnd(44)} ${seconds(total).padStart(8)}`,
  ].join('\n');
}
