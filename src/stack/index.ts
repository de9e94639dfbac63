import type { CheckFile } from '../model/check.ts';
import { parseExposition } from './source/exposition.ts';
import { SourceFile } from './source/source-file.ts';
import type { Value } from './source/value.ts';
import { readAlertmanager } from './alertmanager.ts';
import type { Alertmanager } from './alertmanager.ts';
import { readCompose } from './compose.ts';
import type { Compose } from './compose.ts';
import { readContract } from './contract.ts';
import type { Contract } from './contract.ts';
import { isDashboard, readDashboard } from './dashboards.ts';
import type { Dashboard } from './dashboards.ts';
import type { Expression } from './expression.ts';
import { readGrafana } from './grafana.ts';
import type { Grafana } from './grafana.ts';
import { Metrics } from './metrics.ts';
import { readPrometheus } from './prometheus.ts';
import type { Prometheus } from './prometheus.ts';
import { readGroups } from './rules.ts';
import type { Group, Rule } from './rules.ts';

/** What a path of the repository or the stack is. */
export type PathKind = 'file' | 'folder' | 'absent' | 'unknown';

export interface StackOptions {
  /** Saved /metrics texts by job. */
  metrics?: Map<string, string>;
  /** What a path relative to the stack's folder is; `unknown` when nobody can tell. */
  stackPath?: (path: string) => PathKind;
  /** The same for a path relative to the repository that the stack belongs to. */
  repositoryPath?: (path: string) => PathKind;
}

/** A stack as the rules see it: whatever could be read of it. */
export interface Stack {
  files: SourceFile[];
  /** Files whose errors are told: those of the stack, not whatever else lies in the folder. */
  relevant: SourceFile[];
  prometheus: Prometheus | undefined;
  /** Whether there is another prometheus.yml: then nobody can tell which rule file is whose. */
  severalPrometheus: boolean;
  groups: Group[];
  /** All rules of all groups. */
  rules: Rule[];
  alertmanager: Alertmanager | undefined;
  templates: SourceFile[];
  dashboards: Dashboard[];
  grafana: Grafana;
  compose: Compose | undefined;
  contract: Contract | undefined;
  settings: SourceFile | undefined;
  metrics: Metrics;
  /** Every PromQL expression. */
  expressions: Expression[];
  stackPath: (path: string) => PathKind;
  repositoryPath: (path: string) => PathKind;
}

type Kind =
  | 'prometheus'
  | 'alertmanager'
  | 'rules'
  | 'dataSources'
  | 'providers'
  | 'alerting'
  | 'compose'
  | 'contract'
  | 'settings'
  | 'dashboard'
  | 'template';

const LOKI = /(^|[/._-])loki([/._-]|$)/i;
/** By these words in its path a broken file is one of the stack. */
const OURS =
  /(^|[/._-])(prometheus|alertmanager|alerts?|alerting|rules?|grafana|dashboards?|provisioning|datasources?|compose|contract|check)([/._-]|$)/i;

/** Sorts the files by what they hold, wherever they lie, and reads each. Never throws. */
export function readStack(input: CheckFile[], options: StackOptions = {}): Stack {
  const files = input.map((file) => new SourceFile(file));
  const kinds = new Map(files.map((file) => [file, kindOf(file)]));
  const of = (kind: Kind): SourceFile[] => files.filter((file) => kinds.get(file) === kind);
  const first = <T>(kind: Kind, read: (file: SourceFile) => T): T | undefined => {
    const file = of(kind)[0];
    return file && read(file);
  };
  const prometheus = first('prometheus', readPrometheus);
  const contract = first('contract', readContract);
  const groups = of('rules').flatMap(readGroups);
  const rules = groups.flatMap((group) => group.rules);
  const exposed = new Map(
    [...(options.metrics ?? [])].map(([job, text]) => [job, parseExposition(text).families]),
  );
  const unknown = (): PathKind => 'unknown';
  const grafana = readGrafana({
    dataSources: of('dataSources'),
    providers: of('providers'),
    alerting: of('alerting'),
  });
  const sources = new Map(
    grafana.dataSources.flatMap(
      ({ uid, name, type, isDefault }) =>
        [
          [uid ?? name, type],
          [name, type],
          ...(isDefault || grafana.dataSources.length === 1 ? [['', type] as const] : []),
        ] as const,
    ),
  );
  const dashboards = of('dashboard').map((file) => readDashboard(file, sources));
  return {
    files,
    prometheus,
    severalPrometheus: of('prometheus').length > 1,
    contract,
    groups,
    rules,
    dashboards,
    relevant: files.filter((file) => kinds.get(file) !== undefined || OURS.test(file.path)),
    alertmanager: first('alertmanager', readAlertmanager),
    templates: of('template'),
    grafana,
    compose: first('compose', readCompose),
    settings: of('settings')[0],
    metrics: new Metrics(contract, prometheus, groups, exposed),
    expressions: [
      ...rules.map((rule) => rule.expression),
      ...dashboards.flatMap((d) => d.expressions),
      ...grafana.queries.flatMap((q) => q.expression ?? []),
    ],
    stackPath: options.stackPath ?? unknown,
    repositoryPath: options.repositoryPath ?? unknown,
  };
}

function kindOf(file: SourceFile): Kind | undefined {
  const { root, path } = file;
  const name = path.split('/').at(-1) ?? '';
  if (file.kind === 'json') return isDashboard(root) ? 'dashboard' : undefined;
  if (file.kind === 'text') return path.endsWith('.tmpl') ? 'template' : undefined;
  return byShape(root, path) ?? byName(name);
}

function byShape(root: Value, path: string): Kind | undefined {
  const has = (...keys: string[]): boolean => keys.every((key) => root.has(key));
  if (has('scrape_configs') || has('rule_files') || (has('global') && has('alerting')))
    return 'prometheus';
  if (has('receivers') && has('route')) return 'alertmanager';
  if (has('apiVersion')) {
    if (has('datasources')) return 'dataSources';
    if (has('providers')) return 'providers';
    if (has('groups') || has('contactPoints') || has('policies')) return 'alerting';
    return undefined;
  }
  // Loki's rules have the same form in another language.
  if (root.get('groups').isList) return LOKI.test(path) ? undefined : 'rules';
  if (
    root.get('services').isMap &&
    !has('receivers') &&
    root
      .get('services')
      .entries()
      .some((e) => e.value.has('image') || e.value.has('build'))
  )
    return 'compose';
  if (root.get('jobs').isMap && (has('alerts') || has('metrics')) && has('version'))
    return 'contract';
  return root.get('off').isList ? 'settings' : undefined;
}

/** A file that is broken, or misses what would tell, is still what its name says. */
function byName(name: string): Kind | undefined {
  const names: [RegExp, Kind][] = [
    [/^prometheus\.ya?ml$/, 'prometheus'],
    [/^alertmanager\.ya?ml$/, 'alertmanager'],
    [/^(docker-)?compose\.ya?ml$/, 'compose'],
    [/^contract\.ya?ml$/, 'contract'],
    [/^check\.ya?ml$/, 'settings'],
  ];
  return names.find(([pattern]) => pattern.test(name))?.[1];
}
