import { isDashboard } from './dashboards/index.ts';
import { isLogql } from './logql.ts';
import type { StackDocument } from './source/documents.ts';
import type { SourceFile } from './source/source-file.ts';
import type { Value } from './source/value.ts';

/** What a document is to a stack. */
export type Kind =
  | 'prometheus'
  | 'alertmanager'
  | 'rules'
  | 'targets'
  | 'lokiRules'
  | 'operator'
  | 'dataSources'
  | 'providers'
  | 'alerting'
  | 'compose'
  | 'contract'
  | 'settings'
  | 'dashboard'
  | 'template';

/**
 * Resources of the prometheus-operator that bring something to a stack (prometheus-operator.dev,
 * "API reference").
 */
const OPERATOR_KINDS = new Set([
  'Prometheus',
  'PrometheusAgent',
  'Alertmanager',
  'AlertmanagerConfig',
  'ServiceMonitor',
  'PodMonitor',
  'Probe',
  'ScrapeConfig',
]);

/**
 * What a document is, by what it holds; a broken one by its name. Undefined: nothing of a stack.
 */
export function kindOf({ file, root }: StackDocument): Kind | undefined {
  if (file.kind === 'text') return file.name.endsWith('.tmpl') ? 'template' : undefined;
  return byShape(root) ?? (file.documents.length <= 1 ? byName(file) : undefined);
}

function byShape(root: Value): Kind | undefined {
  const has = (...keys: string[]): boolean => keys.every((key) => root.has(key));
  if (has('apiVersion', 'kind')) return resourceKind(root);
  // Promtail has jobs of that name too: it reads logs, and sends them on.
  if (has('scrape_configs') && (has('clients') || has('positions'))) return undefined;
  // promtool's tests of rules name the rule files too.
  if (root.get('tests').isList) return undefined;
  if (has('scrape_configs') || has('rule_files') || (has('global') && has('alerting')))
    return 'prometheus';
  if (has('receivers') && has('route')) return 'alertmanager';
  if (has('apiVersion')) {
    if (has('datasources')) return 'dataSources';
    if (has('providers')) return 'providers';
    return has('groups') || has('contactPoints') || has('policies') ? 'alerting' : undefined;
  }
  if (isTargets(root)) return 'targets';
  if (isRules(root)) return isLogql(root) ? 'lokiRules' : 'rules';
  if (isCompose(root)) return 'compose';
  if (root.get('jobs').isMap && (has('alerts') || has('metrics')) && has('version'))
    return 'contract';
  if (root.get('off').isList) return 'settings';
  return isDashboard(root) ? 'dashboard' : undefined;
}

function resourceKind(root: Value): Kind | undefined {
  const kind = root.get('kind').text() ?? '';
  const api = root.get('apiVersion').text() ?? '';
  // PrometheusRule, and those of other operators that have the same form.
  if (root.at('spec', 'groups').isList) return isLogql(root.get('spec')) ? 'lokiRules' : 'rules';
  if (api.startsWith('monitoring.coreos.com/') && OPERATOR_KINDS.has(kind)) return 'operator';
  return api.startsWith('dashboard.grafana.app/') && isDashboard(root) ? 'dashboard' : undefined;
}

/** A list of groups of targets, as `file_sd_configs` reads it. */
function isTargets(root: Value): boolean {
  const groups = root.items();
  return (
    root.isList &&
    groups.length > 0 &&
    groups.every(
      (group) =>
        group.get('targets').isList &&
        group.entries().every(({ key }) => key === 'targets' || key === 'labels'),
    )
  );
}

/** Other things have groups as well; those of rules have rules. */
function isRules(root: Value): boolean {
  const groups = root.get('groups');
  if (!groups.isList) return false;
  return root.file.kind !== 'json' || groups.items().some((group) => group.get('rules').isList);
}

/** A service of an override file needn't have an image: the file's name tells then. */
function isCompose(root: Value): boolean {
  return (
    root.get('services').isMap &&
    !root.has('receivers') &&
    (/(^|[./_-])compose([./_-]|$)/.test(root.file.name) ||
      root
        .get('services')
        .entries()
        .some((e) => e.value.has('image') || e.value.has('build')))
  );
}

/** A file that is broken, or misses what would tell, is still what its name says. */
function byName({ name }: SourceFile): Kind | undefined {
  const names: [RegExp, Kind][] = [
    [/^prometheus\.ya?ml$/, 'prometheus'],
    [/^alertmanager\.ya?ml$/, 'alertmanager'],
    [/^(docker-)?compose\.ya?ml$/, 'compose'],
    [/^contract\.ya?ml$/, 'contract'],
    [/^check\.ya?ml$/, 'settings'],
  ];
  return names.find(([pattern]) => pattern.test(name))?.[1];
}
