import { noticesOf } from '../../../lib/notices/index.ts';
import type { Notice } from '../../../lib/notices/notice.ts';
import type { Delivery } from '../../../model/notification.ts';
import type { Evidence } from '../../../model/evidence.ts';

/** A message and the webhook beside it come within this time of each other, ms. */
const TOGETHER_MS = 300;
/** What is older is settled, ms. */
const RECENT_MS = 30_000;

/** From now on calls back with each notice whose delivery has arrived, once. */
export function followNotices(
  evidence: Pick<Evidence, 'notifications' | 'deliveries'>,
  take: (notice: Notice) => void,
): void {
  const shown = new WeakSet<Delivery>();
  const look = (): void => {
    const since = Date.now() - RECENT_MS;
    const arrived = noticesOf({
      notifications: evidence.notifications.filter((n) => n.receivedAt >= since),
      deliveries: evidence.deliveries.filter((d) => d.receivedAt >= since),
    }).filter(({ delivery }) => delivery !== null && !shown.has(delivery));
    for (const notice of arrived) {
      if (notice.delivery) shown.add(notice.delivery);
      take(notice);
    }
  };
  const soon = (): void => void setTimeout(look, TOGETHER_MS).unref();
  watch(evidence.notifications, soon);
  watch(evidence.deliveries, soon);
}

/** Calls back whenever something is added to the list. */
function watch<T>(list: T[], added: () => void): void {
  const push = list.push.bind(list);
  list.push = (...entries: T[]): number => {
    added();
    return push(...entries);
  };
}
