import type { Rule } from '../../rule.ts';

export const noAlertmanager: Rule = {
  id: 'config/no-alertmanager',
  level: 'warning',
  title: 'Alerts that no Alertmanager is told of',
  why: 'They fire on a page that somebody has to look at: nobody is ever told.',
  mend: 'Name the Alertmanager under `alerting` in prometheus.yml: `alertmanagers: [{ static_configs: [{ targets: ["alertmanager:9093"] }] }]`.',
  check: ({ prometheus, groups }, say) => {
    for (const one of prometheus) {
      if (one.origin !== 'file' || one.root.get('scrape_configs').items().length === 0) continue;
      const own = prometheus.length === 1 ? groups : one.groups;
      const alerts = own.flatMap((group) => group.rules).filter(({ kind }) => kind === 'alert');
      if (alerts.length === 0 || one.root.at('alerting', 'alertmanagers').items().length > 0)
        continue;
      const alerting = one.root.get('alerting');
      say(
        alerting.exists ? alerting.keyPlace : one.root.head,
        `no alertmanager is named, and ${alerts.length === 1 ? 'an alert is' : `${alerts.length} alerts are`} evaluated`,
      );
    }
  },
};
