import { posix } from 'node:path';
import type { Compose, Service } from './compose/index.ts';
import type { SourceFile } from './source/source-file.ts';

/**
 * Where the images keep their configuration: what stands there in production is beside the file
 * here.
 */
const MOUNTED = /^\/etc\/(prometheus|alertmanager)\//;

/**
 * Where a path or pattern that a configuration names may lie in the stack: beside the file, or
 * where a compose file mounts it from. None when it leads where nobody can look.
 * @param folder where the program that reads the file has it, e.g. `/etc/prometheus`; undefined for
 * a compose file
 */
export function placesInStack(
  composes: Compose[],
  from: SourceFile,
  folder: string | undefined,
  path: string,
): string[] {
  if (path.includes('$')) return [];
  const local = path.replace(MOUNTED, '');
  const beside = local.startsWith('/') ? [] : [posix.join(posix.dirname(from.path), local)];
  const inside = path.startsWith('/') ? path : folder && posix.join(folder, path);
  const mounted = inside === undefined ? [] : composes.flatMap((one) => sourcesOf(one, inside));
  return [...new Set([...beside, ...mounted].map((p) => posix.normalize(p)))].filter(
    (p) => !p.startsWith('..'),
  );
}

/** Paths of the stack that a compose file mounts at a path of a container. */
function sourcesOf(compose: Compose, inside: string): string[] {
  return compose.services
    .flatMap((service) => service.mounts)
    .flatMap(({ source, target }) => {
      const base = target.replace(/\/$/, '');
      const isThere = inside === base || inside.startsWith(`${base}/`);
      return isThere && /^\.\.?\//.test(source)
        ? [posix.join(posix.dirname(compose.file.path), source, inside.slice(base.length))]
        : [];
    });
}

/**
 * Where a file of the stack stands in the containers of a program, by the compose files' mounts.
 */
export function mountedAt(composes: Compose[], program: RegExp, path: string): string[] {
  return mountedBy(composes, program, path).map(({ target }) => target);
}

/** The services of a program that are given a file of the stack, each with where it has it. */
export function mountedBy(
  composes: Compose[],
  program: RegExp,
  path: string,
): { service: Service; target: string }[] {
  return composes.flatMap((compose) =>
    compose.services
      .filter((service) => program.test(service.program))
      .flatMap((service) =>
        service.mounts.flatMap(({ source, target }) => {
          if (!/^\.\.?\//.test(source)) return [];
          const from = posix
            .normalize(posix.join(posix.dirname(compose.file.path), source))
            .replace(/\/$/, '');
          if (path === from) return [{ service, target }];
          return from === '.' || path.startsWith(`${from}/`)
            ? [
                {
                  service,
                  target: posix.join(target, from === '.' ? path : path.slice(from.length)),
                },
              ]
            : [];
        }),
      ),
  );
}
