import type { Verdict } from '../../../model/verdict.ts';
import { NO_ANSWER, bad, errorOf, good, open } from './context.ts';
import type { GrafanaContext, Subject } from './context.ts';

/** Grafana runs, and its database is in order. */
export function isHealthy({ grafana }: GrafanaContext): Verdict {
  const { health } = grafana;
  const subject = { name: 'server', kind: 'grafana-is-healthy', source: null } as const;
  if (grafana.ended !== undefined)
    return bad(subject, 'grafana-unhealthy', {
      title: 'Grafana ended by itself',
      expected: 'that it runs from the beginning to the end',
      seen: grafana.ended,
      likelyCause:
        'A setting or a file that it refuses, too little memory, or a data volume of a newer version.',
    });
  if (!health) return open(subject, errorOf(grafana, 'health'), NO_ANSWER);
  if (health.database === 'ok') return good(subject, `version ${health.version}`);
  return bad(subject, 'grafana-unhealthy', {
    title: 'Grafana is not healthy',
    expected: 'a database that is ok',
    seen: `version ${health.version}, database ${health.database}`,
    likelyCause: 'Its data volume is full, not writable for its user, or of a newer version.',
  });
}

/** What Grafana said of each query to which this data source gave no answer. */
function silentPanels(
  plan: GrafanaContext['plan'],
  { panels }: GrafanaContext['grafana'],
  uid: string,
): string[] {
  return plan.panels.flatMap((panel) =>
    panel.queries
      .filter(({ dataSource }) => dataSource === uid)
      .flatMap(({ refId }) => {
        const answer = panels[`${panel.id} ${refId}`];
        return answer?.silent === true ? [answer.error ?? ''] : [];
      }),
  );
}

/** Each data source of the files is there as they have it, and reached through Grafana's proxy. */
export function reachesDataSources({ plan, grafana }: GrafanaContext): Verdict[] {
  const { dataSources } = grafana;
  return plan.dataSources.map((wanted): Verdict => {
    const subject: Subject<'grafana-reaches'> = {
      name: `data source ${wanted.name}`,
      kind: 'grafana-reaches',
      source: wanted.source,
    };
    if (!dataSources) return open(subject, errorOf(grafana, 'data sources'), NO_ANSWER);
    const found = dataSources.find(({ uid }) => uid === wanted.uid);
    const expected =
      `${wanted.name} (uid ${wanted.uid}) of type ${wanted.type} at ${wanted.url}, asked by ` +
      'Grafana itself';
    if (!found)
      return bad(subject, 'grafana-data-source-differs', {
        title: `Grafana has no data source ${wanted.name}`,
        expected,
        seen:
          dataSources.length === 0
            ? 'no data source at all'
            : dataSources.map(({ name, uid }) => `${name} (uid ${uid})`).join(', '),
        likelyCause:
          'The provisioning folder is not mounted, its file is refused (logs/grafana.log), or the ' +
          'uid was changed in it after Grafana had stored the data source.',
      });
    const differs = [
      found.type !== wanted.type && `type ${found.type}`,
      found.url !== wanted.url && `URL ${found.url}`,
      found.access !== 'proxy' && `access ${found.access}`,
    ].filter((word) => word !== false);
    if (differs.length > 0)
      return bad(subject, 'grafana-data-source-differs', {
        title: `Grafana's data source ${wanted.name} isn't that of the files`,
        expected,
        seen: differs.join(', '),
        likelyCause:
          'Another file provisions the same uid, or `access: direct` makes every browser ask the ' +
          'data source by itself.',
      });
    const unanswered = silentPanels(plan, grafana, wanted.uid);
    const [silent] = unanswered;
    if (silent !== undefined)
      return bad(subject, 'grafana-data-source-unreachable', {
        title: `Grafana gets no answer from its data source ${wanted.name}`,
        expected: `answers to the queries of the panels, of ${wanted.url}`,
        seen: `${silent}; ${unanswered.length} ${unanswered.length === 1 ? 'query' : 'queries'} without an answer`,
        likelyCause:
          'It is down, its URL is wrong, the name means nothing on its network, or it wants a login.',
      });
    if (!found.health) return open(subject, errorOf(grafana, `health of ${found.name}`), NO_ANSWER);
    if (found.health.status === 'OK') return good(subject, found.health.message);
    return bad(subject, 'grafana-data-source-unreachable', {
      title: `Grafana doesn't reach its data source ${wanted.name}`,
      expected: `its own test says OK, of ${wanted.url}`,
      seen: `${found.health.status}: ${found.health.message}`,
      likelyCause:
        'The URL is wrong, the name means nothing on its network, or the data source wants a login.',
    });
  });
}
