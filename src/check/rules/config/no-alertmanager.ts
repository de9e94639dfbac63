import type { Value } from '../../../stack/source/value.ts';
import type { Rule } from '../../rule.ts';

export const noAlertmanager: Rule = {
  id: 'config/no-alertmanager',
  level: 'warning',
  title: 'Alerts that no Alertmanager is told of',
  why: 'They fire on a page that somebody has to look at: nobody is ever told.',
  mend:
    'Name the Alertmanager under `alerting` in prometheus.yml: `alertmanagers: [{ ' +
    'static_configs: [{ targets: ["alertmanager:9093"] }] }]`.',
  check: ({ prometheus, groups }, say) => {
    for (const one of prometheus) {
      if (one.origin !== 'file' || one.root.get('scrape_configs').items().length === 0) continue;
      // Of a single configuration whose patterns lead elsewhere the rules may be all that are here.
      const isOnly = prometheus.length === 1 && one.ruleFiles.length > 0;
      const own = isOnly ? groups : one.groups;
      const alerts = own.flatMap((group) => group.rules).filter(({ kind }) => kind === 'alert');
      if (alerts.length === 0 || one.root.at('alerting', 'alertmanagers').items().some(isNamed))
        continue;
      const alerting = one.root.get('alerting');
      say(
        alerting.exists ? alerting.keyPlace : one.root.head,
        'no alertmanager is named, and ' +
          `${alerts.length === 1 ? 'an alert is' : `${alerts.length} alerts are`} evaluated`,
      );
    }
  },
};

/** Static targets may be left without any; what is discovered may give some. */
function isNamed(alertmanager: Value): boolean {
  const discovers = alertmanager
    .entries()
    .some(({ key, value }) => key.endsWith('_sd_configs') && value.exists);
  const statics = alertmanager.get('static_configs');
  return (
    discovers ||
    !statics.exists ||
    statics.items().some((one) => one.get('targets').items().length > 0)
  );
}
