import { posix } from 'node:path';
import { fillKnown, shellWords } from './compose/interpolate.ts';
import type { Compose, Service } from './compose/index.ts';
import { mountedBy } from './mounts.ts';
import { ALERTMANAGER_IMAGE, PROMETHEUS_IMAGE } from './pinned.ts';
import type { SourceFile } from './source/source-file.ts';

/** Each program's image, and the configuration that it takes where none is named. */
export const PROGRAMS = {
  prometheus: { image: PROMETHEUS_IMAGE, file: '/etc/prometheus/prometheus.yml' },
  alertmanager: { image: ALERTMANAGER_IMAGE, file: '/etc/alertmanager/alertmanager.yml' },
};

type Program = (typeof PROGRAMS)[keyof typeof PROGRAMS];

/** A configuration's name that says it is there to be copied. */
const FOR_COPYING = /[.-](template|tmpl|tpl|example|sample|dist)\.ya?ml$/;

/**
 * What runs comes first: the configuration that a compose file starts the program with, then what
 * else is mounted for it, then the others; each time those that are there to be copied at the end.
 */
export function runningFirst<T extends { file: SourceFile }>(
  configurations: T[],
  composes: Compose[],
  program: Program,
): T[] {
  const rank = ({ file: { path, name } }: T): number => {
    const mounts = composes.flatMap((compose) =>
      mountedBy([compose], program.image, path).map(
        ({ service, target }) => posix.normalize(target) === startedWith(service, compose, program),
      ),
    );
    if (mounts.includes(true)) return 0;
    return (mounts.length > 0 ? 1 : 3) + (FOR_COPYING.test(name) ? 1 : 0);
  };
  // Sorting keeps the order of what is alike.
  return configurations.toSorted((a, b) => rank(a) - rank(b));
}

/** Where a service's program has the configuration that it is started with. */
function startedWith(service: Service, { environment }: Compose, { file }: Program): string {
  const words = ['entrypoint', 'command']
    .map((key) => service.get(key))
    .flatMap((value) => value.texts().flatMap(({ text }) => shellWords(text)))
    .map((word) => fillKnown(word, (name) => environment.get(name)?.text));
  const at = words.findIndex((word) => /^--?config\.file(=|$)/.test(word));
  const [, written] = /=(.*)/.exec(words[at] ?? '') ?? [];
  const named = written ?? (at < 0 ? undefined : words[at + 1]) ?? file;
  return posix.normalize(named);
}
