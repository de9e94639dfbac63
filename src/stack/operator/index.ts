import type { Alertmanager } from '../alertmanager.ts';
import type { Prometheus } from '../prometheus.ts';
import type { StackDocument } from '../source/documents.ts';
import { readAlertmanagerConfig } from './alertmanager-config.ts';
import { prometheusElsewhere, readPrometheusResource } from './prometheus.ts';

/** What the prometheus-operator makes of the resources of a stack. */
export interface Operated {
  prometheus: Prometheus[];
  alertmanagers: Alertmanager[];
}

/**
 * Reads resources of monitoring.coreos.com as the operator does: a Prometheus scrapes what its
 * selectors take; monitors without a Prometheus beside them belong to one that lies elsewhere.
 */
export function readOperated(documents: StackDocument[]): Operated {
  const of = (...kinds: string[]): StackDocument[] =>
    documents.filter(({ root }) => kinds.includes(root.get('kind').text() ?? ''));
  const monitors = of('ServiceMonitor', 'PodMonitor', 'Probe', 'ScrapeConfig');
  const servers = of('Prometheus', 'PrometheusAgent');
  const first = monitors[0];
  return {
    prometheus:
      servers.length > 0
        ? servers.map((server) => readPrometheusResource(server, monitors))
        : first
          ? [prometheusElsewhere(first, monitors)]
          : [],
    alertmanagers: of('AlertmanagerConfig').map(readAlertmanagerConfig),
  };
}
