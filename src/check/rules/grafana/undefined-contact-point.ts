import { nearest } from '../../../lib/nearest.ts';
import type { Value } from '../../../stack/source/value.ts';
import type { Rule } from '../../rule.ts';

/** What a fresh Grafana has by itself. */
const OWN = ['grafana-default-email', 'email receiver'];

export const undefinedContactPoint: Rule = {
  id: 'grafana/undefined-contact-point',
  level: 'error',
  title: 'A notification policy that leads to what is not there',
  why: 'Provisioning refuses the policies, and Grafana does not start; an alert that names it is told to nobody.',
  mend: 'Correct the name, or provision the contact point or the mute timing.',
  check: ({ grafana }, say) => {
    const roots = grafana.alertingFiles.map(({ root }) => root);
    const all = (key: string): Value[] => roots.flatMap((root) => root.get(key).items());
    const policies = all('policies').flatMap(policiesBelow);
    const settings = all('groups')
      .flatMap((group) => group.get('rules').items())
      .map((rule) => rule.get('notification_settings'));
    const judge = (what: string, names: string[], used: Value[]): void => {
      // Where none is provisioned, somebody makes them by hand.
      if (names.length === 0 || names.some((name) => name.includes('$'))) return;
      const known = new Set([...names, ...OWN]);
      for (const { text, value } of used.flatMap((one) => one.texts())) {
        if (known.has(text) || text === '' || text.includes('$')) continue;
        const close = nearest(text, names);
        const meant = close === undefined ? '' : `; is \`${close}\` meant?`;
        say(value.place, `no ${what} is called \`${text}\`${meant}`);
      }
    };
    const using = (...keys: string[]): Value[] =>
      [...policies, ...settings].flatMap((one) => keys.map((key) => one.get(key)));
    judge('contact point', namesOf(all('contactPoints')), using('receiver'));
    judge(
      'mute timing',
      namesOf(all('muteTimes')),
      using('mute_time_intervals', 'active_time_intervals'),
    );
  },
};

function policiesBelow(policy: Value): Value[] {
  return [policy, ...policy.get('routes').items().flatMap(policiesBelow)];
}

function namesOf(list: Value[]): string[] {
  return list.flatMap((one) => one.get('name').text() ?? []);
}
