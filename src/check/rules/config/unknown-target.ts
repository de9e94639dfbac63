import { nearest } from '../../../lib/nearest.ts';
import type { Compose, Service } from '../../../stack/compose/index.ts';
import { mountedAt } from '../../../stack/mounts.ts';
import { PROMETHEUS_IMAGE } from '../../../stack/pinned.ts';
import type { Prometheus } from '../../../stack/prometheus.ts';
import type { Value } from '../../../stack/source/value.ts';
import type { Rule } from '../../rule.ts';

export const unknownTarget: Rule = {
  id: 'config/unknown-target',
  level: 'warning',
  title: 'A target that no service of the compose file is',
  why: 'Within the network of a compose project a plain name is that of a service: nobody answers by any other.',
  mend:
    "Use the service's name, or write down where the host is found (`extra_hosts`, an " +
    'external network, a full domain name).',
  check: (stack, say) => {
    const hosts = hostsOf(stack.composes);
    if (!hosts) return;
    for (const prometheus of stack.prometheus) {
      if (mountedAt(stack.composes, PROMETHEUS_IMAGE, prometheus.file.path).length === 0) continue;
      for (const { text, value } of targetsOf(prometheus)) {
        const host = text.replace(/^\w+:\/\//, '').replace(/[:/].*$/, '');
        if (!isServiceName(host) || hosts.has(host)) continue;
        const close = nearest(host, [...hosts]);
        say(
          value.place,
          `no service is named \`${host}\`${close === undefined ? '' : `; is \`${close}\` meant?`}`,
        );
      }
    }
  },
};

/** Names by which services find each other; undefined when others may be found too. */
function hostsOf(composes: Compose[]): Set<string> | undefined {
  const services = composes.flatMap((one) => one.services);
  const open =
    composes.some((one) => isOpen(one)) ||
    services.some((s) => s.get('extends').exists || isElsewhere(s));
  return services.length === 0 || open ? undefined : new Set(services.flatMap(namesOf));
}

/**
 * In the network of another container, or a Prometheus that is in the host's: it finds others than
 * the project's.
 */
function isElsewhere(service: Service): boolean {
  const mode = service.get('network_mode').text();
  return mode === 'host' ? PROMETHEUS_IMAGE.test(service.program) : mode !== undefined;
}

/** Another project's services may be in an external network; what is included isn't here. */
function isOpen({ files }: Compose): boolean {
  return files.some(
    ({ root }) =>
      root.get('include').exists ||
      root
        .get('networks')
        .entries()
        .some(({ value }) => value.get('external').exists),
  );
}

function namesOf(service: Service): string[] {
  const aliases = service
    .get('networks')
    .entries()
    .flatMap(({ value }) => value.get('aliases').texts());
  const others = ['container_name', 'hostname', 'links', 'external_links', 'extra_hosts'].flatMap(
    (key) => [
      ...service.get(key).texts(),
      ...service
        .get(key)
        .entries()
        .map((entry) => ({ text: entry.key })),
    ],
  );
  // In the host's network it has no name in the project's: somebody has to say where the host is
  // (`extra_hosts`).
  const own = service.get('network_mode').text() === 'host' ? [] : [service.name];
  return [
    ...own,
    ...[...aliases, ...others].flatMap(({ text }) => text.split(/[:=]/).map((part) => part.trim())),
  ];
}

/** What stands in the configuration and in the files that it names, where nothing changes it. */
function targetsOf({ root, fileTargets }: Prometheus): { text: string; value: Value }[] {
  const isPlain = (holder: Value): boolean => !holder.get('relabel_configs').exists;
  const written = [
    ...root.get('scrape_configs').items(),
    ...root.at('alerting', 'alertmanagers').items(),
  ]
    .filter(isPlain)
    .flatMap((holder) => holder.get('static_configs').items())
    .flatMap((group) => group.get('targets').texts());
  const inFiles = fileTargets
    .filter(({ holder }) => isPlain(holder))
    .flatMap(({ targets }) => targets.flatMap((group) => group.targets));
  return [...written, ...inFiles];
}

/** A plain name: no address, no domain, nothing that is filled in, and not the machine itself. */
function isServiceName(host: string): boolean {
  return /^[a-z_][\w-]*$/i.test(host) && host !== 'localhost';
}
