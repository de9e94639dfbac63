import {
  isDecidedByTargets,
  sourceName,
  sourceOfVariable,
} from '../../../stack/dashboards/index.ts';
import type { Place, Value } from '../../../stack/source/value.ts';
import { BUILT_IN } from '../../common/built-in-sources.ts';
import type { Rule } from '../../rule.ts';

/** Variables that ask a data source; others have the field without reading it. */
const ASKING = new Set(['query', 'adhoc', 'groupby']);

/** Who asks for a data source, and where. */
interface Asking {
  place: Place;
  subject: string | undefined;
}

export const noDataSource: Rule = {
  id: 'grafana/unknown-data-source',
  level: 'error',
  title: 'A data source that is not provisioned',
  why: 'On a fresh Grafana the panel shows "data source not found"; it works only where somebody made one by hand.',
  mend: 'Provision it with this uid, or use the uid of one that is.',
  check: (stack, say) => {
    const { grafana, dashboards } = stack;
    if (grafana.dataSources.length === 0) {
      // Dashboards without any provisioning beside them may belong to a Grafana that is set up
      // elsewhere.
      const first = dashboards[0];
      if (first && grafana.providers.length > 0)
        say(first.root.head, 'dashboards are provisioned, and no data source is');
      return;
    }
    const known = new Set(
      grafana.dataSources.flatMap((d) => [d.name, ...(d.uid === undefined ? [] : [d.uid])]),
    );
    const asking = new Map<string, Asking[]>();
    const judge = (value: Value, subject: string | undefined): void => {
      const named = sourceName(value);
      const text = named.text();
      if (text === undefined || text === '' || BUILT_IN.test(text) || known.has(text)) return;
      // Without a uid in the file Grafana makes one up: then nobody can know it.
      if (
        value.isMap &&
        grafana.dataSources.some(
          (d) => d.uid === undefined && d.type === (value.get('type').text() ?? d.type),
        )
      )
        return;
      asking.set(text, [...(asking.get(text) ?? []), { place: named.place, subject }]);
    };
    for (const dashboard of dashboards) {
      for (const panel of dashboard.panels) {
        const subject = `panel "${panel.title}"`;
        judge(panel.dataSource, subject);
        // Grafana puts the panel's own in the place of what a query still names.
        if (isDecidedByTargets(panel.dataSource))
          for (const { dataSource } of panel.targets)
            if (dataSource.node !== panel.dataSource.node) judge(dataSource, subject);
      }
      for (const { value, name, type } of dashboard.variables)
        if (ASKING.has(type)) judge(sourceOfVariable(value), `variable ${name}`);
    }
    for (const { uid, subject } of grafana.queries) judge(uid, subject);
    // However many ask for it, it is one that is missing.
    for (const [uid, [first, ...more]] of asking)
      if (first)
        say(
          first.place,
          `the data source \`${uid}\` is not provisioned` +
            (more.length === 0 ? '' : `; ${more.length} more ask for it`),
          {
            ...(first.subject === undefined ? {} : { subject: first.subject }),
            mend:
              'Provision it with this uid, or use one that is: ' +
              `${grafana.dataSources.map((d) => d.uid ?? d.name).join(', ')}.`,
          },
        );
  },
};
