import type { Service } from '../../../stack/compose/service.ts';
import type { Rule } from '../../rule.ts';

/**
 * Programs that write links to themselves into what they send, and how each is told its address.
 */
const LINKING: { program: RegExp; told: (service: Service) => boolean; by: string }[] = [
  {
    program: /(^|\/)(prometheus|alertmanager)$/,
    told: (service) => wordsOf(service).some((word) => word.startsWith('--web.external-url')),
    by: '--web.external-url',
  },
  {
    program: /(^|\/)grafana(-oss|-enterprise)?$/,
    told: ({ environment }) => environment.some(({ key }) => key === 'GF_SERVER_ROOT_URL'),
    by: 'GF_SERVER_ROOT_URL',
  },
];

export const ownAddress: Rule = {
  id: 'production/own-address',
  production: true,
  level: 'warning',
  title: 'A program that does not know by which address people reach it',
  why: "The links that it sends lead to its container's name, and open nothing.",
  mend: 'Tell it: `--web.external-url=https://prometheus.your-domain`, `GF_SERVER_ROOT_URL`.',
  check: ({ composes }, say) => {
    for (const service of composes.flatMap((one) => one.services))
      for (const { program, told, by } of LINKING)
        if (program.test(service.program) && !told(service))
          say(service.image.place, `${service.name} isn't told its address (\`${by}\`)`, {
            subject: `service ${service.name}`,
          });
  },
};

function wordsOf(service: Service): string[] {
  return service
    .get('command')
    .texts()
    .flatMap(({ text }) => text.split(/\s+/));
}
