import type { Compose, Service } from '../../stack/compose/index.ts';
import type { Stack } from '../../stack/index.ts';
import { ALERTMANAGER_IMAGE, PROMETHEUS_IMAGE } from '../../stack/pinned.ts';
import type { Value } from '../../stack/source/value.ts';
import { brings, hasOwnFiles } from '../../stack/unmounted.ts';

const FLAG = /(?:^|\s)--config\.file[= ](\/[^\s$]+)(?=\s|$)/;

/** What the images have by themselves. */
const IN_IMAGE = /^\/etc\/(prometheus\/prometheus|alertmanager\/alertmanager)\.yml$/;

/** A configuration that a service's command line names. */
export interface NamedConfiguration {
  compose: Compose;
  service: Service;
  value: Value;
  path: string;
  /** Where it comes from: a path of the stack, something that nobody can look into, or nowhere. */
  from: 'stack' | 'elsewhere' | undefined;
}

/** The configurations that Prometheus's and Alertmanager's own images are started with. */
export function configurationsNamed({ composes }: Stack): NamedConfiguration[] {
  return composes.flatMap((compose) =>
    compose.services
      .filter(
        (service) =>
          (PROMETHEUS_IMAGE.test(service.program) || ALERTMANAGER_IMAGE.test(service.program)) &&
          !hasOwnFiles(service),
      )
      .flatMap((service) =>
        service
          .get('command')
          .texts()
          .flatMap(({ text, value }) => {
            const path = FLAG.exec(text)?.[1];
            return path === undefined
              ? []
              : [{ compose, service, value, path, from: origin(service, path) }];
          }),
      ),
  );
}

function origin({ mounts }: Service, path: string): NamedConfiguration['from'] {
  const mount = mounts.find(({ target }) => brings(target, path));
  if (mount) return /^\.\.?(\/|$)/.test(mount.source) ? 'stack' : 'elsewhere';
  return IN_IMAGE.test(path) ? 'elsewhere' : undefined;
}
