import { variableUses } from '../../../lib/grafana-variables.ts';
import { inputsOf, knownTypes, typeOf } from '../../../stack/dashboards/index.ts';
import { sourceTypes } from '../../../stack/grafana.ts';
import type { Value } from '../../../stack/source/value.ts';
import type { Rule } from '../../rule.ts';

/** Variables that Grafana has itself (grafana.com/docs, "Global variables"). */
const GLOBAL = /^(__\w+|timeFilter|_|\d.*)$/;

/** A group that a pattern names itself: `label_replace(…, "$host", …, "(?P<host>[^:]+):.*")`. */
const NAMED_GROUP = /\(\?P?<(\w+)>/g;

/** Data sources whose `query` has no `$` of its own. */
const PLAIN = /^(prometheus|loki|tempo|elasticsearch|grafana-opensearch-datasource)$/;

export const undefinedVariable: Rule = {
  id: 'dashboard/undefined-variable',
  level: 'error',
  title: 'A variable that is used and not defined',
  why: 'Grafana sends it as it is: `$job` matches nothing, and the panel stays empty.',
  mend: 'Define the variable, or correct its name.',
  check: ({ dashboards, grafana }, say) => {
    const provisioned = sourceTypes(grafana);
    for (const dashboard of dashboards) {
      // What is asked for at the import is told once, by itself.
      const types = knownTypes(dashboard.root, dashboard.variables, provisioned);
      const defined = new Set([...dashboard.variables.map((v) => v.name), ...inputsOf(dashboard)]);
      // What `repeat` and library panels bring isn't written here; only queries are sure to be read
      // for variables.
      const judge = (value: Value, subject: string, known: readonly string[] = []): void => {
        const text = value.text() ?? '';
        const groups = [...text.matchAll(NAMED_GROUP)].map(([, name = '']) => name);
        const others = new Set([...groups, ...known]);
        for (const { name, from, to } of variableUses(text))
          if (!defined.has(name) && !others.has(name) && !GLOBAL.test(name))
            say(value.within(from, to), `the variable \`${name}\` is not defined`, { subject });
      };
      for (const { query, expression } of dashboard.lookups) judge(query, expression.subject);
      for (const panel of dashboard.panels)
        for (const { value, dataSource } of panel.targets) {
          const subject = `panel "${panel.title}"`;
          for (const key of ['expr', 'legendFormat', 'interval']) judge(value.get(key), subject);
          const query = value.get('query');
          const own = ownNames(typeOf(dataSource, types), query.text() ?? '');
          if (own) judge(query, subject, own);
        }
    }
  },
};

/**
 * What `$` stands before in a data source's own language; undefined where that is anything:
 * ClickHouse's has macros, MongoDB's operators, Flux fills in texts, and of what nobody knows it
 * may be so too.
 */
function ownNames(type: string | undefined, query: string): string[] | undefined {
  if (type === 'influxdb') return query.includes('|>') ? undefined : ['interval'];
  return type !== undefined && PLAIN.test(type) ? [] : undefined;
}
