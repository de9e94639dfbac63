import { seriesText } from '../../lib/series-text.ts';
import type { ProofEvidence } from '../../model/proof-evidence.ts';
import type { ProofTrack } from '../../model/proof-plan.ts';

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
export function causeOfNotTelling(track: ProofTrack, evidence: ProofEvidence): string {
  const held = evidence.suppressed.find(({ labels }) => labels['alertname'] === track.alert.name);
  if (held?.by === 'inhibition') {
    const names = [...new Set(held.source.map((labels) => labels['alertname'] ?? 'another alert'))];
    return `it is inhibited by ${names.join(' and ') || 'another alert'}, which comes with it`;
  }
  if (held)
    return `it is muted: ${held.by === 'silence' ? 'a silence' : 'a time interval of its route'} holds it back`;
  // Older Alertmanagers don't say what they mute.
  const [interval] = track.timeIntervals;
  if (interval !== undefined)
    return `its route is muted or active by the time interval ${interval}: the run took place when it tells nobody`;
  return 'no notification left Alertmanager: its log is logs/alertmanager.log of the run';
}
