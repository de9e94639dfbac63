import { variableUses } from '../../../lib/grafana-variables.ts';
import { inputsOf } from '../../../stack/dashboards/index.ts';
import type { Value } from '../../../stack/source/value.ts';
import type { Rule } from '../../rule.ts';

/** Variables that Grafana has itself (grafana.com/docs, "Global variables"). */
const GLOBAL = /^(__\w+|timeFilter|_)$/;

export const undefinedVariable: Rule = {
  id: 'dashboard/undefined-variable',
  level: 'error',
  title: 'A variable that is used and not defined',
  why: 'Grafana sends it as it is: `$job` matches nothing, and the panel stays empty.',
  mend: 'Define the variable, or correct its name.',
  check: ({ dashboards }, say) => {
    for (const dashboard of dashboards) {
      // What is asked for at the import is told once, by itself.
      const defined = new Set([...dashboard.variables.map((v) => v.name), ...inputsOf(dashboard)]);
      // What `repeat` and library panels bring isn't written here; only queries are sure to be read
      // for variables.
      const judge = (value: Value, subject: string): void => {
        for (const use of variableUses(value.text() ?? ''))
          if (!defined.has(use.name) && !GLOBAL.test(use.name) && !/^\d/.test(use.name))
            say(value.within(use.from, use.to), `the variable \`${use.name}\` is not defined`, {
              subject,
            });
      };
      for (const { query, expression } of dashboard.lookups) judge(query, expression.subject);
      for (const panel of dashboard.panels)
        for (const { value } of panel.targets) {
          for (const key of ['expr', 'query', 'legendFormat', 'interval'])
            judge(value.get(key), `panel "${panel.title}"`);
        }
    }
  },
};
