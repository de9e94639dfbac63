import type { Rule } from '../../rule.ts';
import type { Service } from '../../../stack/compose/service.ts';

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

export const innerAddress: Rule = {
  id: 'production/inner-address',
  production: true,
  level: 'warning',
  title: 'A link that leads nowhere for whoever is told',
  why: "The name is one of the stack's own network: on the phone of whoever was woken it opens nothing.",
  mend: 'Write the address by which people reach it.',
  check: ({ rules, composes }, say) => {
    const services = composes.flatMap((one) => one.services);
    const names = new Set(services.map((service) => service.name));
    for (const rule of rules)
      for (const { key, value } of rule.value.get('annotations').entries()) {
        const host = /^https?:\/\/([\w-]+)(:\d+)?(\/|$)/.exec(value.text() ?? '')?.[1];
        if (host !== undefined && names.has(host))
          say(value.place, `\`${key}\` leads to \`${host}\``, { subject: `alert ${rule.name}` });
      }
  },
};

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

export const localVolume: Rule = {
  id: 'production/local-volume',
  production: true,
  level: 'warning',
  title: 'A volume that is wherever the engine puts it',
  why: '`docker compose down --volumes` or a new machine ends it, and no backup knows it.',
  mend: 'Make it outside and say so (`external: true`), or say where it lies (`driver_opts`).',
  check: ({ composes }, say) => {
    for (const { root } of composes)
      for (const { key, value } of root.get('volumes').entries())
        if (
          !value.get('external').isTrue() &&
          !value.get('driver_opts').exists &&
          !value.has('driver')
        )
          say(value.keyPlace, `the volume \`${key}\` is the engine's own`);
  },
};

export const standIn: Rule = {
  id: 'production/stand-in',
  production: true,
  level: 'error',
  title: 'A stand-in in the place of a service',
  why: 'It has the metrics of the real one, and does none of its work.',
  mend: "Name the real service's image, without `build`.",
  check: ({ composes }, say) => {
    for (const service of composes.flatMap((one) => one.services)) {
      const build = service.get('build');
      const context = (build.isMap ? build.get('context') : build).texts()[0];
      if (
        context &&
        /(^|[/_-])(fakes?|mocks?|stubs?|dummy|stand-?ins?)([/_-]|$)/i.test(context.text)
      )
        say(context.value.place, `${service.name} is built from ${context.text}`, {
          subject: `service ${service.name}`,
        });
    }
  },
};

function wordsOf(service: Service): string[] {
  return service
    .get('command')
    .texts()
    .flatMap(({ text }) => text.split(/\s+/));
}
