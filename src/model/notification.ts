/**
 * What arrived at a receiver's own end, where people read it: a message, a mail, a call of a
 * webhook. Which alerts it is about isn't read from it; the notification it belongs to says that.
 */
export interface Delivery {
  /** Epoch ms. */
  receivedAt: number;
  /** Kind of integration that sent it: `slack`, `email`, `webhook`. */
  kind: string;
  /** To whom: channel, addresses with a comma between them, or path. */
  to: string;
  /** All human-readable text of it: title, text, subject, body. */
  text: string;
  /** The receiver's raw input, for the report. */
  raw: string;
}

/** One alert of a notification. */
export interface NotifiedAlert {
  status: 'firing' | 'resolved';
  labels: Record<string, string>;
  annotations: Record<string, string>;
}

/**
 * A notification as a fact: what Alertmanager told one integration of a receiver, by a webhook of
 * the harness's own that stands beside it (`template.Data` in Alertmanager's template/template.go).
 */
export interface Notification {
  /** Epoch ms. */
  receivedAt: number;
  /** Name of the receiver in alertmanager.yml. */
  receiver: string;
  /**
   * Kind of the integration beside which the webhook stands; null: the receiver has none, and
   * nobody is told.
   */
  kind: string | null;
  /** Whom the configuration names: channel or addresses; null where it names nobody. */
  to: string | null;
  status: 'firing' | 'resolved';
  groupKey: string;
  groupLabels: Record<string, string>;
  alerts: NotifiedAlert[];
}

/**
 * One batch of alerts that Prometheus pushed, as `POST /api/v2/alerts` has it; times are epoch ms.
 */
export interface Push {
  at: number;
  alerts: {
    labels: Record<string, string>;
    annotations: Record<string, string>;
    startsAt: number;
    endsAt: number;
  }[];
}
