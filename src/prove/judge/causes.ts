import { seriesText } from '../../lib/series-text.ts';
import type { ProofEvidence } from '../../model/proof-evidence.ts';
import type { ProofTrack } from '../../model/proof-plan.ts';
import { isAmong } from './notified.ts';
import type { Notified } from './notified.ts';

/** Why an alert that has to fire didn't, by what Prometheus itself says. */
export function causeOfSilence(track: ProofTrack, evidence: ProofEvidence): string {
  const error = evidence.ruleErrors.find(
    ({ rule, group }) => rule === track.alert.name && group === track.alert.group,
  );
  if (error) return `Prometheus can't evaluate it: ${error.error}`;
  const behind = evidence.ruleErrors.find(({ rule }) => track.behind.includes(rule));
  if (behind) return `Prometheus can't evaluate the recording rule ${behind.rule}: ${behind.error}`;
  const seen = evidence.seen[track.id] ?? [];
  const missing = track.series.filter((_, i) => seen[i] === 0);
  for (const { job } of missing) {
    const scrape = evidence.scrapeErrors[job];
    if (scrape !== undefined) return `job ${job} isn't scraped: ${scrape}`;
  }
  const [first] = missing;
  if (first) {
    return (
      `target ${first.target} of job ${first.job} exports ${first.metric}, and Prometheus ` +
      `doesn't have ${seriesText(first.metric, first.labels, ', ')}: look at the job's relabelling, ` +
      'limits and label settings'
    );
  }
  if (track.comesAndGoes !== undefined) return track.comesAndGoes;
  return 'its series are there as planned; what they are joined or compared with differs from virtual time';
}

/** Why an alert that fired was told to nobody. */
export function causeOfNotTelling(
  track: ProofTrack,
  notified: Notified,
  evidence: ProofEvidence,
): string {
  const { droppedBy, labels } = notified;
  if (droppedBy && labels.length === 0) {
    const { file, line } = droppedBy.source;
    return `${file}:${line}: this rule of alert_relabel_configs drops it before any Alertmanager gets it`;
  }
  const held = heldBack(notified, evidence);
  if (held) return held;
  // Older Alertmanagers don't say what they mute.
  const [interval] = track.timeIntervals;
  if (interval !== undefined)
    return `its route tells at no minute of the week, by the time interval ${interval}`;
  return 'no notification left Alertmanager: its log is logs/alertmanager.log of the run';
}

/** Why nobody was told that an alert is over of which somebody was told that it fires. */
export function causeOfUntoldEnd(notified: Notified, evidence: ProofEvidence): string {
  const held = heldBack(notified, evidence);
  return held
    ? `${held}: an end that is held back is never told, also when nothing holds it back any more`
    : 'Alertmanager told nobody before the next flush of the group';
}

/** What Alertmanager says that it held an alert back by. */
function heldBack(notified: Notified, { suppressed }: ProofEvidence): string | undefined {
  const held = suppressed.find(({ labels }) => isAmong(notified, labels));
  if (held?.by === 'inhibition') {
    const names = [...new Set(held.source.map((labels) => labels['alertname'] ?? 'another alert'))];
    return `it is inhibited by ${names.join(' and ') || 'another alert'}, which comes with it`;
  }
  return (
    held &&
    `it is muted: ${held.by === 'silence' ? 'a silence' : 'a time interval of its route'} holds it back`
  );
}
