import { posix } from 'node:path';
import { argumentsOf } from '../../../stack/compose/command-line.ts';
import { servicesOf, subjectOf } from '../../common/services.ts';
import type { Rule } from '../../rule.ts';

/** Where each keeps what must outlive a restart. */
const DATA: [RegExp, string][] = [
  [/(^|\/)prometheus$/, '/prometheus'],
  [/(^|\/)alertmanager$/, '/alertmanager'],
  [/(^|\/)grafana(-oss|-enterprise)?$/, '/var/lib/grafana'],
  [/^(library\/)?postgres$/, '/var/lib/postgresql'],
  [/^(library\/)?(mysql|mariadb)$/, '/var/lib/mysql'],
  [/^(library\/)?mongo$/, '/data/db'],
  [/^(library\/)?rabbitmq$/, '/var/lib/rabbitmq'],
  [/(^|\/)minio$/, '/data'],
];

export const dataWithoutVolume: Rule = {
  id: 'compose/data-without-volume',
  level: 'warning',
  title: 'Data without a volume',
  why: 'It is gone with the container: history, silences, dashboards, the database itself.',
  mend: 'Mount a named volume there.',
  check: ({ composes }, say) => {
    for (const service of servicesOf(composes)) {
      const path = DATA.find(([image]) => image.test(service.program))?.[1];
      if (path === undefined || service.get('extends').exists || service.get('volumes_from').exists)
        continue;
      const command = (argumentsOf(service) ?? service.get('command').texts())
        .map(({ text }) => text)
        .join(' ');
      const moved = /--storage\.(tsdb\.)?path[= ](\S+)/.exec(command)?.[2];
      const wanted = service.program.endsWith('minio')
        ? (/server\s+(\/\S+)/.exec(command)?.[1] ?? path)
        : (moved ?? path);
      if (
        !service.mounts.some(
          ({ target }) =>
            target === wanted ||
            wanted.startsWith(`${target}/`) ||
            target.startsWith(`${posix.normalize(wanted)}/`),
        )
      )
        say(service.image.place, `nothing is mounted at ${wanted}`, {
          subject: subjectOf(service),
        });
    }
  },
};
