import type { Rule } from '../../rule.ts';

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
