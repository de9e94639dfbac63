import { argumentsOf } from '../../../stack/compose/command-line.ts';
import type { Compose, Service } from '../../../stack/compose/index.ts';
import type { Stack } from '../../../stack/index.ts';
import { mountedBy } from '../../../stack/mounts.ts';
import { ALERTMANAGER_IMAGE, GRAFANA_IMAGE, PROMETHEUS_IMAGE } from '../../../stack/pinned.ts';
import { eachScalar } from '../../../stack/source/node.ts';
import type { SourceFile } from '../../../stack/source/source-file.ts';
import type { Place, Value } from '../../../stack/source/value.ts';
import type { Rule } from '../../rule.ts';

/** An address on the machine itself; the group is its port. */
const LOCAL = /^(?:\w+:\/\/)?(?:localhost|127(?:\.\d+){3}|\[::1\])(?::(\d+))?(?:[/?#]|$)/;

/** What Alertmanager connects to; other addresses are links for people. */
const DIALLED = /(^|_)(api_url|webhook_url|smarthost)$|^pagerduty_url$/;

export const localhostInContainer: Rule = {
  id: 'config/localhost-in-container',
  level: 'error',
  title: 'localhost, where that is a container of its own',
  why:
    'In a container `localhost` is the container itself, and nothing but its own program ' +
    'listens there: the connection is refused.',
  mend:
    "Write the service's name (`alertmanager:9093`), or `host.docker.internal` for what runs " +
    "on the host (with `extra_hosts: ['host.docker.internal:host-gateway']`).",
  check: (stack, say) => {
    for (const { address, place, reader } of addressesOf(stack)) {
      const port = LOCAL.exec(address)?.slice(1)[0];
      if (!LOCAL.test(address) || reader.ports.has(port ?? '80')) continue;
      say(place, `\`${address}\` is the container of ${reader.service.name} itself`);
    }
  },
};

/** A service in a network namespace of its own, with the ports that its program listens on. */
interface Reader {
  service: Service;
  ports: ReadonlySet<string>;
}

interface Address {
  address: string;
  place: Place;
  reader: Reader;
}

function addressesOf({ composes, prometheus, alertmanagers, grafana }: Stack): Address[] {
  const readBy = (program: RegExp, path: string, port: string): Reader | undefined => {
    const [first, ...others] = mountedBy(composes, program, path);
    return first && others.length === 0 ? readerOf(first.service, port, composes) : undefined;
  };
  const placed = (reader: Reader | undefined, list: Written[]): Address[] =>
    reader ? list.map(({ text, place }) => ({ address: text, place, reader })) : [];
  return [
    ...prometheus.flatMap((one) =>
      placed(readBy(PROMETHEUS_IMAGE, one.file.path, '9090'), targetsOf(one.root)),
    ),
    ...alertmanagers.flatMap(({ file, root }) =>
      placed(readBy(ALERTMANAGER_IMAGE, file.path, '9093'), dialledBy(file, root)),
    ),
    ...grafana.dataSources
      .filter(({ value }) => value.get('access').text() !== 'direct')
      .flatMap(({ value }) =>
        placed(readBy(GRAFANA_IMAGE, value.file.path, '3000'), written(value.get('url'))),
      ),
  ];
}

/** An address as it is written. */
interface Written {
  text: string;
  place: Place;
}

const written = (value: Value): Written[] =>
  value.texts().map(({ text, value: one }) => ({ text, place: one.place }));

/** Undefined where others may listen there too: in the host's network, or in one that is shared. */
function readerOf(service: Service, port: string, composes: Compose[]): Reader | undefined {
  const services = composes.flatMap((one) => one.services);
  const isShared = services.some((other) =>
    /^(service|container):/.test(other.get('network_mode').text() ?? ''),
  );
  if (service.get('network_mode').exists || isShared || isInHosts(service, composes))
    return undefined;
  const listens = argumentsOf(service)?.flatMap(
    ({ text }) => /^--web\.listen-address=.*:(\d+)$/.exec(text)?.slice(1) ?? [],
  );
  return { service, ports: new Set(listens?.length ? listens : [port]) };
}

/** Swarm knows no `network_mode`: the host's network is an external one that is called so. */
function isInHosts({ values }: Service, composes: Compose[]): boolean {
  const networks = new Map(
    composes
      .flatMap(({ files }) => files)
      .flatMap(({ root }) => root.get('networks').entries())
      .map(({ key, value }) => [key, value]),
  );
  return values
    .map((value) => value.get('networks'))
    .flatMap((list) => [
      ...list.texts().map(({ text }) => text),
      ...list.entries().map((e) => e.key),
    ])
    .some((name) => {
      const network = networks.get(name);
      const external = network?.get('external');
      const called = network?.get('name').text() ?? external?.get('name').text() ?? name;
      return external?.exists === true && !external.isFalse() && called === 'host';
    });
}

/** What Prometheus asks, where nothing makes another address of it. */
function targetsOf(root: Value): Written[] {
  const holders = [
    ...root.get('scrape_configs').items(),
    ...root.at('alerting', 'alertmanagers').items(),
  ].filter((holder) => !holder.get('relabel_configs').exists && !holder.get('proxy_url').exists);
  return [
    ...holders
      .flatMap((holder) => holder.get('static_configs').items())
      .flatMap((group) => written(group.get('targets'))),
    ...['remote_write', 'remote_read']
      .flatMap((key) => root.get(key).items())
      .flatMap((remote) => written(remote.get('url'))),
  ];
}

/** Whom Alertmanager connects to, whatever kind of receiver they are of. */
function dialledBy(file: SourceFile, root: Value): Written[] {
  const found: Written[] = [];
  for (const part of ['global', 'receivers'])
    eachScalar(root.get(part).node, ({ value, from, to }, keys) => {
      const key = keys.at(-1) ?? '';
      const isDialled = DIALLED.test(key) || (key === 'url' && keys.includes('webhook_configs'));
      if (isDialled && typeof value === 'string')
        found.push({ text: value, place: { file, from, to } });
    });
  return found;
}
