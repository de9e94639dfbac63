import type { DataSourcePlan } from '../../../model/dashboard-plan.ts';
import type { GrafanaDataSource } from '../../../model/grafana-evidence.ts';
import type { Verdict } from '../../../model/verdict.ts';
import { NO_ANSWER, bad, errorOf, good, open } from './context.ts';
import type { GrafanaContext, Subject } from './context.ts';

type Reached = Subject<'grafana-reaches'>;

/** Each data source of the files is there as they have it, and reached through Grafana's proxy. */
export function reachesDataSources(c: GrafanaContext): Verdict[] {
  return c.plan.dataSources.map((wanted) => {
    const subject: Reached = {
      name: `data source ${wanted.name}`,
      kind: 'grafana-reaches',
      source: wanted.source,
    };
    const all = c.grafana.dataSources;
    if (!all) return open(subject, errorOf(c.grafana, 'data sources'), NO_ANSWER);
    const found = all.find(({ uid }) => uid === wanted.uid);
    return found
      ? (differs(subject, wanted, found) ??
          silent(subject, wanted, c) ??
          ownTest(subject, wanted, found, c))
      : missing(subject, wanted, all);
  });
}

function wantedText({ name, uid, type, url }: DataSourcePlan): string {
  return `${name} (uid ${uid}) of type ${type} at ${url}, asked by Grafana itself`;
}

function missing(subject: Reached, wanted: DataSourcePlan, all: GrafanaDataSource[]): Verdict {
  return bad(subject, 'grafana-data-source-differs', {
    title: `Grafana has no data source ${wanted.name}`,
    expected: wantedText(wanted),
    seen:
      all.length === 0
        ? 'no data source at all'
        : all.map(({ name, uid }) => `${name} (uid ${uid})`).join(', '),
    likelyCause:
      'The provisioning folder is not mounted, its file is refused (logs/grafana.log), or the ' +
      'uid was changed in it after Grafana had stored the data source.',
  });
}

function differs(
  subject: Reached,
  wanted: DataSourcePlan,
  found: GrafanaDataSource,
): Verdict | undefined {
  const differences = [
    found.type !== wanted.type && `type ${found.type}`,
    found.url !== wanted.url && `URL ${found.url}`,
    found.access !== 'proxy' && `access ${found.access}`,
  ].filter((word) => word !== false);
  if (differences.length === 0) return undefined;
  return bad(subject, 'grafana-data-source-differs', {
    title: `Grafana's data source ${wanted.name} isn't that of the files`,
    expected: wantedText(wanted),
    seen: differences.join(', '),
    likelyCause:
      'Another file provisions the same uid, or `access: direct` makes every browser ask the ' +
      'data source by itself.',
  });
}

/** Its queries that were left without an answer. */
function silent(subject: Reached, wanted: DataSourcePlan, c: GrafanaContext): Verdict | undefined {
  const unanswered = silentPanels(c, wanted.uid);
  const [first] = unanswered;
  if (first === undefined) return undefined;
  const count = unanswered.length;
  return bad(subject, 'grafana-data-source-unreachable', {
    title: `Grafana gets no answer from its data source ${wanted.name}`,
    expected: `answers to the queries of the panels, of ${wanted.url}`,
    seen: `${first}; ${count} ${count === 1 ? 'query' : 'queries'} without an answer`,
    likelyCause:
      'It is down, its URL is wrong, the name means nothing on its network, or it wants a login.',
  });
}

/** What Grafana said of each query to which this data source gave no answer. */
function silentPanels({ plan, grafana: { panels } }: GrafanaContext, uid: string): string[] {
  return plan.panels.flatMap((panel) =>
    panel.queries
      .filter(({ dataSource }) => dataSource === uid)
      .flatMap(({ refId }) => {
        const answer = panels[`${panel.id} ${refId}`];
        return answer?.silent === true ? [answer.error ?? ''] : [];
      }),
  );
}

/** What Grafana's own test of it says. */
function ownTest(
  subject: Reached,
  wanted: DataSourcePlan,
  { name, health }: GrafanaDataSource,
  { grafana }: GrafanaContext,
): Verdict {
  if (!health) return open(subject, errorOf(grafana, `health of ${name}`), NO_ANSWER);
  if (health.status === 'OK') return good(subject, health.message);
  return bad(subject, 'grafana-data-source-unreachable', {
    title: `Grafana doesn't reach its data source ${wanted.name}`,
    expected: `its own test says OK, of ${wanted.url}`,
    seen: `${health.status}: ${health.message}`,
    likelyCause:
      'The URL is wrong, the name means nothing on its network, or the data source wants a login.',
  });
}
