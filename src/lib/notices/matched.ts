import type { Delivery, Notification } from '../../model/notification.ts';
import { plain, sharedWords, wordsOf } from './words.ts';

/** A delivery may be seen this long before the webhook beside it, ms: both are sent at once. */
const LEAD_MS = 2_000;
/** Alertmanager tries for at least this long to deliver (notify/notify.go, `MinTimeout`), ms. */
export const LAG_MS = 10_000;
/**
 * A text in which nothing of the notification stands belongs to it only when both came together,
 * ms.
 */
const TOGETHER_MS = 1_000;

/**
 * Which delivery belongs to which notification: of the same kind, near in time, each to one at
 * most. Best is what has the addressee and the most of the notification's own words; among equals,
 * what is nearest in time.
 */
export function matched(
  notifications: Notification[],
  deliveries: Delivery[],
): Map<Notification, Delivery> {
  const texts = new Map(deliveries.map((d) => [d, plain(d.text)]));
  const nearTo = deliveriesNear(deliveries);
  const pairs = notifications.flatMap((notification) => {
    const words = wordsOf(notification);
    return nearTo(notification).flatMap((delivery) => {
      const apartMs = delivery.receivedAt - notification.receivedAt;
      const shared = sharedWords(words, texts.get(delivery) ?? '');
      if (shared === 0 && Math.abs(apartMs) > TOGETHER_MS) return [];
      const addressed = Number(notification.to !== null && notification.to === delivery.to);
      return [{ notification, delivery, addressed, shared, apartMs: Math.abs(apartMs) }];
    });
  });
  pairs.sort((a, b) => b.addressed - a.addressed || b.shared - a.shared || a.apartMs - b.apartMs);
  const found = new Map<Notification, Delivery>();
  const taken = new Set<Delivery>();
  for (const { notification, delivery } of pairs) {
    if (found.has(notification) || taken.has(delivery)) continue;
    found.set(notification, delivery);
    taken.add(delivery);
  }
  return found;
}

/**
 * Finds the deliveries of a notification's kind that came near it in time, in the order given. They
 * are put by in stretches of time: an hour has thousands of them, and few are near.
 */
function deliveriesNear(deliveries: Delivery[]): (notification: Notification) => Delivery[] {
  const stretchOf = (atMs: number): number => Math.floor(atMs / (LEAD_MS + LAG_MS));
  const byStretch = new Map<number, [place: number, delivery: Delivery][]>();
  for (const [place, delivery] of deliveries.entries()) {
    const stretch = stretchOf(delivery.receivedAt);
    byStretch.set(stretch, [...(byStretch.get(stretch) ?? []), [place, delivery]]);
  }
  return ({ kind, receivedAt }) => {
    const [from, to] = [receivedAt - LEAD_MS, receivedAt + LAG_MS];
    return [...new Set([stretchOf(from), stretchOf(to)])]
      .flatMap((stretch) => byStretch.get(stretch) ?? [])
      .filter(([, d]) => d.kind === kind && d.receivedAt >= from && d.receivedAt <= to)
      .sort(([a], [b]) => a - b)
      .map(([, delivery]) => delivery);
  };
}
