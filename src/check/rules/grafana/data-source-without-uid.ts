import { createHash } from 'node:crypto';
import { sourceName } from '../../../stack/dashboards/index.ts';
import { BUILT_IN } from '../../common/built-in-sources.ts';
import type { Rule } from '../../rule.ts';

export const unusableDataSource: Rule = {
  id: 'grafana/data-source-without-uid',
  level: 'warning',
  title: 'A data source without a uid',
  why: 'Grafana makes one up of its name, which is not the one that the dashboards ask for.',
  mend: 'Give it a uid, and use that in the dashboards.',
  check: ({ grafana, dashboards }, say) => {
    const known = new Set(grafana.dataSources.flatMap(({ uid, name }) => [uid, madeUid(name)]));
    const isUnknown = (named: string): boolean =>
      named !== '' && !BUILT_IN.test(named) && !known.has(named);
    const byUid = dashboards.some((d) =>
      d.panels.some((p) =>
        [p.dataSource, ...p.targets.map((t) => t.dataSource)].some(
          (source) => source.isMap && isUnknown(sourceName(source).text() ?? ''),
        ),
      ),
    );
    for (const { uid, value, name } of grafana.dataSources)
      if (uid === undefined && byUid)
        say(value.get('name').place, `\`${name}\` has no uid, and dashboards name theirs by uid`);
  },
};

/** The uid that provisioning makes of a name (pkg/services/provisioning/datasources, 2021 on). */
function madeUid(name: string): string {
  return `P${createHash('sha256').update(name).digest('hex').slice(0, 16).toUpperCase()}`;
}
