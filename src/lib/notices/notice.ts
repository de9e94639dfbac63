import type { Delivery } from '../../model/notification.ts';
import type { AlertPlan } from '../../model/plan.ts';
import { carries } from '../carries.ts';

/** A receiver of the contract. */
export type Promised = AlertPlan['receivers'][number];

/** One alert of one notification, and how it reached people. */
export interface Notice {
  /** When Alertmanager notified, epoch ms. */
  receivedAt: number;
  /** Name of the receiver in alertmanager.yml. */
  receiver: string;
  /** Kind of the integration. */
  kind: string;
  status: 'firing' | 'resolved';
  alertname: string;
  labels: Record<string, string>;
  /** Group that it was told with (`groupKey`). */
  group: string;
  /** Whether this group had told this integration exactly the same just before. */
  repeats: boolean;
  /** What arrived at people's end; null: nothing. */
  delivery: Delivery | null;
}

/** Whether a notice is of this receiver's integration of this kind. */
export function isFor(notice: Notice, { name, kind }: Pick<Promised, 'name' | 'kind'>): boolean {
  return notice.receiver === name && notice.kind === kind;
}

/**
 * Whether a notice reached this receiver's people: at the channel or address that is promised, if
 * one is.
 */
export function delivers(notice: Notice, promised: Promised): boolean {
  const { delivery } = notice;
  if (!isFor(notice, promised) || !delivery) return false;
  return isAddressed(delivery.to, promised.to);
}

/** Whether a message went to the channel or address that is promised, if one is. */
export function isAddressed(to: string, promised: string | null): boolean {
  return promised === null || to === promised || to.split(', ').includes(promised);
}

/**
 * Whether a notice is about this alert instance: its name, and every label that identifies it.
 */
export function isAbout(
  notice: Notice,
  instance: { alert: string; labels: Record<string, string> },
): boolean {
  return notice.alertname === instance.alert && carries(notice.labels, instance.labels);
}

/** What people saw first of a notice; its name where nothing reached them. */
export function titleOf({ delivery, alertname }: Notice): string {
  return delivery?.text.trim().split('\n')[0] ?? alertname;
}
