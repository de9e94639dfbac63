import { servicesOf, subjectOf } from '../../common/services.ts';
import type { Rule } from '../../rule.ts';

/** Programs that answer anybody who can reach them, or whose data nobody outside needs. */
const INTERNAL =
  /(^|\/)(prometheus|alertmanager|[\w-]*exporter|postgres|postgresql|redis|valkey|rabbitmq|minio|mysql|mariadb|mongo|pushgateway|cadvisor|loki|tempo|node-exporter|elasticsearch|memcached)$/;

export const openPort: Rule = {
  id: 'compose/open-port',
  level: 'warning',
  title: 'A port open beyond this machine without need',
  why:
    "Docker publishes on all addresses and goes past the host's firewall: whoever reaches " +
    'the machine reaches the database, the metrics, and can silence alerts.',
  mend:
    'Bind it to loopback (`"127.0.0.1:9090:9090"`), or leave it out: services of one network ' +
    'reach each other without it.',
  check: ({ composes }, say) => {
    for (const service of servicesOf(composes))
      if (INTERNAL.test(service.program))
        for (const port of service.ports) {
          const address = port.isMap ? port.get('host_ip').text() : hostOf(port.text() ?? '');
          if (address === undefined && !(port.isMap && !port.get('published').exists))
            say(
              port.isMap ? port.head : port.place,
              `${port.isMap ? (port.get('published').text() ?? '') : (port.text() ?? '')} is open on all addresses`,
              { subject: subjectOf(service) },
            );
        }
  },
};

/**
 * The address a port is bound to; undefined when it is all of them, or when it is a variable's
 * affair.
 */
function hostOf(port: string): string | undefined {
  const parts = port.match(/(?:\[[^\]]*\]|\$\{[^}]*\}|[^:])+/g) ?? [];
  // A container's port alone is published on a random port, on all addresses: hardly ever meant,
  // but nobody finds it either.
  if (parts.length < 2) return 'random';
  return parts.length > 2 && !['0.0.0.0', '[::]'].includes(parts[0] ?? '') ? parts[0] : undefined;
}
