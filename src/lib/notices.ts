import type { Delivery, Evidence, Notification } from '../model/evidence.ts';
import type { AlertPlan } from '../model/plan.ts';

type Promised = AlertPlan['receivers'][number];

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

/** A delivery may be seen this long before the webhook beside it, ms: both are sent at once. */
const LEAD_MS = 2_000;
/** Alertmanager tries for at least this long to deliver (notify/notify.go, `MinTimeout`), ms. */
const LAG_MS = 10_000;
/**
 * A text in which nothing of the notification stands belongs to it only when both came together,
 * ms.
 */
const TOGETHER_MS = 1_000;

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

function isAddressed(to: string, promised: string | null): boolean {
  return promised === null || to === promised || to.split(', ').includes(promised);
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

/** What a text about a notification may repeat: the values of its labels and annotations. */
function wordsOf({ alerts }: Notification): string[] {
  const values = alerts.flatMap(({ labels, annotations }) => [
    ...Object.values(labels),
    ...Object.values(annotations),
  ]);
  return [...new Set(values.map(plain))].filter((value) => value !== '');
}

/** How much of the words stands in the text, in characters. */
function sharedWords(words: string[], text: string): number {
  return words.reduce((sum, word) => sum + (stands(word, text) ? word.length : 0), 0);
}

/** Whether a value stands in a text by itself: `DiskFull` doesn't stand in `DiskFull-Prod`. */
function stands(value: string, text: string): boolean {
  for (let at = text.indexOf(value); at >= 0; at = text.indexOf(value, at + 1)) {
    const after = text[at + value.length] ?? ' ';
    if (!isInner(text[at - 1] ?? ' ') && !isInner(after)) return true;
  }
  return false;
}

function isInner(character: string): boolean {
  return /[\p{L}\p{N}_-]/u.test(character);
}

/** Mails fold their lines wherever there is a blank. */
function plain(text: string): string {
  return text.replace(/\s+/g, ' ').trim();
}
