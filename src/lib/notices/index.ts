import type { Evidence } from '../../model/evidence.ts';
import type { Notification } from '../../model/notification.ts';
import { matched } from './matched.ts';
import type { Notice } from './notice.ts';

/** Everything that integrations were told, alert by alert, in the order of time. */
export function noticesOf(evidence: Pick<Evidence, 'notifications' | 'deliveries'>): Notice[] {
  const delivered = matched(evidence.notifications, evidence.deliveries);
  const repeated = repeatsIn(evidence.notifications);
  return evidence.notifications
    .flatMap((n) =>
      n.kind === null
        ? []
        : n.alerts.map((alert): Notice => ({
            receivedAt: n.receivedAt,
            receiver: n.receiver,
            kind: n.kind ?? '',
            status: alert.status,
            alertname: alert.labels['alertname'] ?? '',
            labels: alert.labels,
            group: n.groupKey,
            repeats: repeated.has(n),
            delivery: delivered.get(n) ?? null,
          })),
    )
    .sort((a, b) => a.receivedAt - b.receivedAt);
}

/**
 * Notifications without news: the same group told the same integration exactly this the last time.
 */
function repeatsIn(notifications: Notification[]): Set<Notification> {
  const last = new Map<string, string>();
  const found = new Set<Notification>();
  for (const n of [...notifications].sort((a, b) => a.receivedAt - b.receivedAt)) {
    const integration = JSON.stringify([n.receiver, n.kind, n.to, n.groupKey]);
    const content = n.alerts
      .map(({ status, labels }) => JSON.stringify([status, Object.entries(labels).sort()]))
      .sort()
      .join();
    if (last.get(integration) === content) found.add(n);
    last.set(integration, content);
  }
  return found;
}
