import { posix } from 'node:path';
import type { Stack } from '../../stack/index.ts';
import { mountedBy } from '../../stack/mounts.ts';
import { GRAFANA_IMAGE } from '../../stack/pinned.ts';
import type { SourceFile } from '../../stack/source/source-file.ts';

/**
 * What a file of Grafana's provisioning is loaded by: the services that it is mounted in, else
 * whoever takes its folder. A repository may hold the files of several Grafanas.
 */
export function provisionedBy({ composes }: Stack, { path }: SourceFile): unknown[] {
  const services = mountedBy(composes, GRAFANA_IMAGE, path).map(({ service }) => service);
  return services.length > 0 ? services : [`./${posix.dirname(path)}`];
}

/** Values that one Grafana loads for one organisation, in the order of the stack. */
export function perOrganisation<T>(
  stack: Stack,
  all: readonly T[],
  at: (one: T) => { file: SourceFile; organisation: string | undefined },
): T[][] {
  const groups = new Map<unknown, Map<string, T[]>>();
  for (const one of all) {
    const { file, organisation = '1' } = at(one);
    for (const loader of provisionedBy(stack, file)) {
      const ofLoader = groups.get(loader) ?? new Map<string, T[]>();
      ofLoader.set(organisation, [...(ofLoader.get(organisation) ?? []), one]);
      groups.set(loader, ofLoader);
    }
  }
  return [...groups.values()].flatMap((ofLoader) => [...ofLoader.values()]);
}
