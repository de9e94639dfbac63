import type { Rule } from '../../rule.ts';

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
