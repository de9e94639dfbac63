import type { Service } from '../../../stack/compose/index.ts';
import type { Value } from '../../../stack/source/value.ts';
import { sayTakenTwice } from '../../common/started-services.ts';
import type { Taken } from '../../common/started-services.ts';
import type { Rule } from '../../rule.ts';

export const duplicatePort: Rule = {
  id: 'compose/duplicate-port',
  level: 'error',
  title: 'Two services on one port of the machine',
  why: 'One of them has it, and the other does not start: "port is already allocated".',
  mend: 'Give one of them another port on the left side, or none.',
  check: ({ composes }, say) => {
    sayTakenTwice(composes, portsOf, (port, { name }) => `${port} is ${name}'s already`, say);
  },
};

/** Ports that are fixed; in another network than the project's none is published. */
function portsOf({ ports, get }: Service): Taken[] {
  return get('network_mode').exists
    ? []
    : ports.flatMap((port) => (port.isMap ? long(port) : short(port)));
}

/** `127.0.0.1:9090:9090/tcp`; a port that is filled in, and a range, may be any. */
function short(port: Value): Taken[] {
  const [written = '', protocol = 'tcp'] = (port.text() ?? '').split('/');
  const parts = written.match(/(?:\[[^\]]*\]|[^:])+/g) ?? [];
  if (parts.length < 2) return [];
  return taken(parts.length > 2 ? parts[0] : undefined, parts.at(-2), protocol, port);
}

/** In a swarm's `mode: host` each machine has ports of its own. */
function long(port: Value): Taken[] {
  if (port.get('mode').text() === 'host') return [];
  const text = (key: string): string | undefined => port.get(key).text();
  return taken(text('host_ip'), text('published'), text('protocol') ?? 'tcp', port);
}

function taken(
  address = '0.0.0.0',
  published: string | undefined,
  protocol: string,
  port: Value,
): Taken[] {
  if (published === undefined || !/^\d+$/.test(published) || address.includes('$')) return [];
  const place = port.isMap ? port.head : port.place;
  return [{ key: `${address === '' ? '0.0.0.0' : address}:${published}/${protocol}`, place }];
}
