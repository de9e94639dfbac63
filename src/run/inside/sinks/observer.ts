import { OBSERVER } from '../../../model/observed.ts';
import type { Notification, NotifiedAlert, Push } from '../../../model/notification.ts';
import type { ObservedIntegration } from '../../../model/plan.ts';
import { listenFor } from './http-server.ts';
import type { Arrived, ServerAddress } from '../../../lib/http-server.ts';

/** The body of Alertmanager's webhooks (docs/notifications, `webhook_config`). */
interface WebhookBody {
  status: 'firing' | 'resolved';
  groupKey: string;
  groupLabels: Record<string, string>;
  alerts: NotifiedAlert[];
}

/** One alert of Alertmanager's API (api/v2/openapi.yaml, `postableAlert`). */
interface PostableAlert {
  labels: Record<string, string>;
  annotations?: Record<string, string>;
  startsAt?: string;
  endsAt?: string;
}

/**
 * The harness's own ears: takes what Alertmanager notifies each integration of, and what Prometheus
 * pushes.
 * @param integrations those of the plan
 */
export function startObserver(
  { ip, from }: Pick<ServerAddress, 'ip' | 'from'>,
  integrations: ObservedIntegration[],
  take: { notification: (n: Notification) => void; push: (p: Push) => void },
): Promise<AsyncDisposable> {
  const paths = new Map(integrations.map((each) => [each.path, each]));
  return listenFor({ ip, port: OBSERVER.port, from }, (request) => {
    if (request.path === '/api/v2/alerts') return take.push(pushOf(request));
    const integration = paths.get(request.path);
    if (!integration) throw new Error(`nobody listens at ${request.path}`);
    take.notification(notificationOf(request, integration));
  });
}

function notificationOf(
  { body, receivedAt }: Arrived,
  { receiver, kind, to }: ObservedIntegration,
): Notification {
  const { status, groupKey, groupLabels, alerts } = JSON.parse(body) as WebhookBody;
  return {
    receivedAt,
    receiver,
    kind,
    to,
    status,
    groupKey,
    groupLabels,
    alerts: alerts.map(({ status: own, labels, annotations }) => ({
      status: own,
      labels,
      annotations,
    })),
  };
}

function pushOf({ body, receivedAt }: Arrived): Push {
  const alerts = JSON.parse(body) as PostableAlert[];
  return {
    at: receivedAt,
    alerts: alerts.map(({ labels, annotations, startsAt, endsAt }) => ({
      labels,
      annotations: annotations ?? {},
      startsAt: Date.parse(startsAt ?? ''),
      endsAt: Date.parse(endsAt ?? ''),
    })),
  };
}
