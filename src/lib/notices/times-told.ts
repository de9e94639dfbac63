import type { Delivery, Notification } from '../../model/notification.ts';
import type { Evidence } from '../../model/evidence.ts';
import { LAG_MS } from './matched.ts';
import { isAddressed } from './notice.ts';
import type { Promised } from './notice.ts';
import { plain, sharedWords, wordsOf } from './words.ts';

/**
 * When people were told that an alert fires, epoch ms, ascending: every delivery whose best
 * notification names it. Several may share one: each integration repeats by a clock of its own
 * (notify/notify.go, `DedupStage`), so the webhook beside it needn't have been told the same just
 * then.
 */
export function timesTold(
  { notifications, deliveries }: Pick<Evidence, 'notifications' | 'deliveries'>,
  alertname: string,
  receivers: readonly Promised[],
): number[] {
  const firing = notifications.filter(({ alerts }) => alerts.some((a) => a.status === 'firing'));
  return deliveries
    .filter(({ kind, to }) => receivers.some((r) => r.kind === kind && isAddressed(to, r.to)))
    .filter((delivery) => {
      const best = bestFor(delivery, firing);
      return best?.alerts.some((a) => a.labels['alertname'] === alertname) ?? false;
    })
    .map(({ receivedAt }) => receivedAt)
    .sort((a, b) => a - b);
}

/** The notification that a delivery says most of; among equals the nearest in time. */
function bestFor(delivery: Delivery, notifications: Notification[]): Notification | undefined {
  const text = plain(delivery.text);
  const ranked = notifications.flatMap((notification) => {
    const apartMs = Math.abs(delivery.receivedAt - notification.receivedAt);
    if (delivery.kind !== notification.kind || apartMs > LAG_MS) return [];
    return [{ notification, apartMs, shared: sharedWords(wordsOf(notification), text) }];
  });
  return ranked.sort((a, b) => b.shared - a.shared || a.apartMs - b.apartMs)[0]?.notification;
}
