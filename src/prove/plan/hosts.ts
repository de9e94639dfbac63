import { isIP } from 'node:net';
import { splitTarget } from '../../lib/target.ts';
import type { SyntheticTarget } from '../../model/synthetic.ts';
import type { PlacedComponent } from './components.ts';

/** A loopback address for every name that a run asks for; an address leads to itself. */
export function hostsOf(
  targets: SyntheticTarget[],
  components: PlacedComponent[],
  receivers: { host: string }[],
): Record<string, string> {
  const real = components.flatMap(({ target, behind }) => [splitTarget(target).host, ...behind]);
  const names = [...targets.map(({ host }) => host), ...real, ...receivers.map(({ host }) => host)];
  let next = 0;
  return Object.fromEntries(
    [...new Set(names)].map((name) => {
      if (isIP(name) || name === 'localhost')
        return [name, name === 'localhost' ? '127.0.0.1' : name];
      next++;
      return [name, `127.0.${1 + Math.floor(next / 250)}.${1 + (next % 250)}`];
    }),
  );
}
