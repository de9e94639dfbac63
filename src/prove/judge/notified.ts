import { carries } from '../../lib/carries.ts';
import { without } from '../../lib/picked.ts';
import type { ProofEvidence } from '../../model/proof-evidence.ts';
import type { ProofPlan, ProofTrack } from '../../model/proof-plan.ts';
import { relabel } from '../../promql/relabel.ts';
import { samplesOf } from './states.ts';

type Labels = Record<string, string>;
type Rule = ProofPlan['alertRelabelling']['rules'][number];

/** The instances of a track that fired, as any Alertmanager gets them. */
export interface Notified {
  /** One for each that is sent. */
  labels: Labels[];
  /** What drops the others on their way. */
  droppedBy: Rule | undefined;
  /** Whether all of them say by their severity that nobody is to be told. */
  isForNobody: boolean;
}

/**
 * What becomes of the labels that `ALERTS` shows on the way to Alertmanager: external ones are put
 * to them, and `alert_relabel_configs` change them (notifier/manager.go, `Send`).
 */
export function notifiedOf(
  { alertRelabelling: { external, rules } }: Pick<ProofPlan, 'alertRelabelling'>,
  track: ProofTrack,
  evidence: Pick<ProofEvidence, 'alerts'>,
): Notified {
  const fired = samplesOf(evidence, track).filter(
    ({ labels }) => labels['alertstate'] === 'firing',
  );
  const own = fired.map(({ labels }) => ownLabels(labels));
  const sent = own.map((labels) =>
    relabel(
      { ...external, ...labels },
      rules.map(({ rule }) => rule),
    ),
  );
  const dropped = sent.flatMap((one) => ('droppedBy' in one ? [one.droppedBy] : []));
  return {
    labels: sent.flatMap((one) => ('labels' in one ? [one.labels] : [])),
    droppedBy: dropped[0] === undefined ? undefined : rules[dropped[0]],
    isForNobody: own.length > 0 && own.every(({ severity }) => severity === 'none'),
  };
}

/**
 * An alert's labels by its sample of `ALERTS`, which has the template itself where a template gives
 * nothing (rules/alerting.go, `sample`).
 */
function ownLabels(labels: Labels): Labels {
  const unfilled = Object.keys(labels).filter((name) => labels[name]?.includes('{{'));
  return without(labels, ['__name__', 'alertstate', ...unfilled]);
}

/** Whether an alert of Alertmanager's is one of these. */
export function isAmong({ labels: all }: Pick<Notified, 'labels'>, labels: Labels): boolean {
  return all.some((wanted) => carries(labels, wanted));
}
