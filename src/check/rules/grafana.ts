import { createHash } from 'node:crypto';
import type { Place, Value } from '../../stack/source/value.ts';
import type { Rule } from '../rule.ts';
import { isDecidedByTargets, sourceName, sourceOfVariable } from '../../stack/dashboards/index.ts';
import type { Stack } from '../../stack/index.ts';
import { mountedAt } from '../../stack/mounts.ts';

/** Variables that ask a data source; others have the field without reading it. */
const ASKING = new Set(['query', 'adhoc', 'groupby']);
/** Data sources that Grafana has itself, and variables in the place of one. */
const BUILT_IN = /^(-- (Grafana|Mixed|Dashboard) --|grafana|__expr__|-100|default|\$.*|\[\[.*)$/;

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

export const noProvider: Rule = {
  id: 'grafana/no-provider',
  level: 'error',
  title: 'Dashboards without a provider',
  why: 'Grafana reads dashboards from files only where a provider names their folder: none of them is ever shown.',
  mend: 'Add grafana/provisioning/dashboards/*.yaml with a provider whose `options.path` is where they are mounted.',
  check: (stack, say) => {
    // What lies in a ConfigMap is brought in by a sidecar or by what mounts it.
    const inFiles = stack.dashboards.filter(({ file }) => !file.embedding);
    const [first] = inFiles;
    if (!first) return;
    const folders = [...new Set(inFiles.map((d) => d.file.path.split('/').slice(0, -1).join('/')))];
    // Without any provisioning beside them they may be brought in by other ways.
    if (stack.grafana.providerFiles.length === 0) {
      if (stack.grafana.dataSourceFiles.length > 0)
        say(first.root.head, 'no provider brings the dashboards in');
      return;
    }
    const paths = stack.grafana.providers.map(({ path }) => path.text() ?? '');
    for (const { path } of stack.grafana.providers)
      if (path.text() === undefined) say(path.place, 'the provider has no `options.path`');
    const mounted = folders.flatMap((folder) => mountsOf(stack, folder));
    if (mounted.length === 0) return;
    for (const provider of stack.grafana.providers) {
      const path = provider.path.text()?.replace(/\/$/, '');
      if (path !== undefined && !mounted.some((m) => m === path || m.startsWith(`${path}/`)))
        say(
          provider.path.place,
          `the dashboards are mounted at ${mounted.join(', ')}, and the provider reads ${path}`,
        );
    }
    if (paths.length === 0) say(startOf(stack), 'the provisioning file has no provider');
  },
};

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

export const duplicateDataSource: Rule = {
  id: 'grafana/duplicate-data-source',
  level: 'error',
  title: 'Two data sources of one name or uid, or two defaults',
  why: 'Grafana refuses to start: provisioning fails.',
  mend: 'Give each its own name and uid, and make one the default.',
  check: ({ grafana }, say) => {
    grafana.dataSources.forEach((source, i, all) => {
      const before = all.slice(0, i);
      if (before.some((other) => other.name === source.name))
        say(source.value.get('name').place, `the data source \`${source.name}\` stands twice`);
      else if (source.uid !== undefined && before.some((other) => other.uid === source.uid))
        say(source.value.get('uid').place, `the uid \`${source.uid}\` stands twice`);
      else if (source.isDefault && before.some((other) => other.isDefault))
        say(source.value.get('isDefault').place, 'there are two defaults');
    });
  },
};

export const twoFolders: Rule = {
  id: 'grafana/two-folders',
  level: 'warning',
  title: 'One folder by its uid and by its title',
  why:
    'Dashboards go into the folder of this uid, alert rules into one that Grafana makes of ' +
    'the title: since Grafana 12 those are two folders of one name.',
  mend: 'Leave `folderUid` out, so that both find the folder by its title.',
  check: ({ grafana }, say) => {
    const titles = new Set(
      grafana.alertingFiles
        .flatMap(({ root }) => root.get('groups').items())
        .flatMap((group) => group.get('folder').text() ?? []),
    );
    for (const { value } of grafana.providers) {
      const title = value.get('folder').text();
      const uid = value.get('folderUid');
      if (title !== undefined && titles.has(title) && (uid.text() ?? '') !== '')
        say(
          uid.place,
          `\`${title}\` is given by the uid \`${uid.text() ?? ''}\`, and by its title in the alert rules`,
        );
    }
  },
};

/** Where a folder of the stack stands in Grafana's container, by the compose file's mounts. */
function mountsOf({ composes }: Stack, folder: string): string[] {
  return mountedAt(composes, /(^|\/)grafana(-oss|-enterprise)?$/, folder);
}

function startOf({ grafana }: Stack): Place {
  const [first] = grafana.providerFiles;
  if (!first) throw new Error('no provider file');
  return { file: first.file, from: 0, to: 0 };
}
