import type { Reader } from './secrets.ts';
import type { CheckFile } from '../model/check.ts';
import type { Alertmanager } from './alertmanager.ts';
import { readAlertmanager } from './alertmanager.ts';
import type { Compose } from './compose/index.ts';
import { readComposes } from './compose/index.ts';
import { readContract } from './contract.ts';
import type { Contract } from './contract.ts';
import { readDashboard } from './dashboards/index.ts';
import type { Dashboard } from './dashboards/index.ts';
import type { Expression } from './expression.ts';
import { readGrafana, sourceTypes } from './grafana.ts';
import type { Grafana } from './grafana.ts';
import { kindOf } from './kinds.ts';
import type { Kind } from './kinds.ts';
import { Metrics } from './metrics.ts';
import { lostLabels } from './lost-labels.ts';
import { readOperated } from './operator/index.ts';
import { readPrometheus } from './prometheus.ts';
import type { Prometheus } from './prometheus.ts';
import { elsewhere } from './prometheus-flags.ts';
import { linkRuleFiles } from './rule-files.ts';
import { PROGRAMS, runningFirst } from './running.ts';
import { readGroups } from './rules.ts';
import type { Group, Rule } from './rules.ts';
import { linkScrapeFiles } from './scrape-files.ts';
import { documentsOf } from './source/documents.ts';
import type { StackDocument } from './source/documents.ts';
import { parseExposition } from './source/exposition.ts';
import { SourceFile } from './source/source-file.ts';
import { linkTargetFiles } from './target-files.ts';
import { isVmagents, isVmalerts } from './victoria-metrics.ts';
import { isUnrendered, unreadOf } from './unread.ts';
import type { Unread } from './unread.ts';

/** What a path of the repository or the stack is. */
export type PathKind = 'file' | 'folder' | 'absent' | 'unknown';

export interface StackOptions {
  /** Saved /metrics texts by job. */
  metrics?: Map<string, string>;
  /** What a path relative to the stack's folder is; `unknown` when nobody can tell. */
  stackPath?: (path: string) => PathKind;
  /** The same for a path relative to the repository that the stack belongs to. */
  repositoryPath?: (path: string) => PathKind;
  /** Where that repository is known to lie besides, as `host/owner/name` in lower case. */
  remotes?: string[];
  /**
   * A file with a secret, by its path relative to the stack's folder; undefined when it isn't there
   * or nobody can tell.
   */
  secretFile?: (path: string) => SecretFile | undefined;
  /** Whether it is to be ready for production. */
  production?: boolean;
}

/** What is known of a file with a secret. */
export interface SecretFile {
  /** Whether this user gets at it, by owner, group and mode. */
  readableBy: (reader: Reader) => boolean;
  /** What is in it, if that could be read here. */
  text: string | undefined;
}

/** A stack: whatever could be read of its files, each key with its place. */
export interface Stack {
  /** The files of the folder. */
  files: SourceFile[];
  /**
   * Files whose errors are told, those within others too: what is of the stack, not whatever else
   * lies in the folder.
   */
  relevant: SourceFile[];
  /** Files that were not taken, each with the reason. */
  unread: Unread[];
  /** Every configuration of a Prometheus; the one that it is started with comes first. */
  prometheus: Prometheus[];
  /** All groups of all rule files, whoever loads them. */
  groups: Group[];
  /** All rules of all groups. */
  rules: Rule[];
  /** The same of an Alertmanager. */
  alertmanagers: Alertmanager[];
  templates: SourceFile[];
  dashboards: Dashboard[];
  grafana: Grafana;
  composes: Compose[];
  contract: Contract | undefined;
  settings: SourceFile | undefined;
  metrics: Metrics;
  /** Every PromQL expression. */
  expressions: Expression[];
  stackPath: (path: string) => PathKind;
  repositoryPath: (path: string) => PathKind;
  remotes: string[];
  secretFile: (path: string) => SecretFile | undefined;
  production: boolean;
}

/** Sorts the files by what they hold, wherever they lie, and reads each. Never throws. */
export function readStack(input: CheckFile[], options: StackOptions = {}): Stack {
  const files = input.map((file) => new SourceFile(file));
  const sorted = new Sorted(files);
  const composes = readComposes(sorted.of('compose'), files);
  const operated = readOperated(sorted.of('operator'));
  const groups = sorted
    .of('rules')
    .flatMap((one) => readGroups(one.file, one.root, isVmalerts(one, composes)));
  const prometheus = readConfigurations(sorted, composes).concat(operated.prometheus);
  linkRuleFiles(prometheus, groups, sorted.files(), composes);
  linkTargetFiles(prometheus, sorted.of('targets'), composes);
  const grafana = readGrafana({
    dataSources: sorted.of('dataSources'),
    providers: sorted.of('providers'),
    alerting: sorted.of('alerting'),
  });
  const sources = sourceTypes(grafana);
  const dashboards = sorted
    .of('dashboard')
    .map(({ file, root }) => readDashboard(file, root, sources));
  const rules = groups.flatMap((group) => group.rules);
  const [contract] = sorted.of('contract').map(({ file, root }) => readContract(file, root));
  const exposed = new Map(
    [...(options.metrics ?? [])].map(([job, text]) => [job, parseExposition(text).families]),
  );
  const jobs = prometheus.flatMap((one) => one.jobs);
  const unknown = (): PathKind => 'unknown';
  return {
    files,
    ...unreadOf(files, sorted, rules, prometheus),
    prometheus,
    groups,
    rules,
    alertmanagers: readAlertmanagers(sorted, composes).concat(operated.alertmanagers),
    templates: sorted.of('template').map(({ file }) => file),
    dashboards,
    grafana,
    composes,
    contract,
    settings: sorted.of('settings')[0]?.file,
    metrics: new Metrics({
      ...{ contract, jobs, groups, texts: exposed },
      elsewhere: elsewhere({ composes, prometheus }),
      lost: lostLabels({ composes, prometheus }),
    }),
    expressions: [
      ...rules.map((rule) => rule.expression),
      ...dashboards.flatMap((d) => d.expressions),
      ...grafana.queries.flatMap((q) => q.expression ?? []),
    ],
    stackPath: options.stackPath ?? unknown,
    repositoryPath: options.repositoryPath ?? unknown,
    remotes: options.remotes ?? [],
    secretFile: options.secretFile ?? (() => undefined),
    production: options.production ?? false,
  };
}

/** Configurations that are files, the one that Prometheus is started with first. */
function readConfigurations(sorted: Sorted, composes: Compose[]): Prometheus[] {
  const read = sorted
    .of('prometheus')
    .map((one) =>
      readPrometheus(one.file, one.root, isVmagents(one, composes) ? 'vmagent' : 'file'),
    );
  return runningFirst(linkScrapeFiles(read, composes), composes, PROGRAMS.prometheus);
}

function readAlertmanagers(sorted: Sorted, composes: Compose[]): Alertmanager[] {
  const read = sorted.of('alertmanager').map(({ file, root }) => readAlertmanager(file, root));
  return runningFirst(read, composes, PROGRAMS.alertmanager);
}

/** The documents of all files, by kind. */
export class Sorted {
  private readonly kinds: Map<StackDocument, Kind | undefined>;

  constructor(files: SourceFile[]) {
    const documents = files.filter((file) => !isUnrendered(file)).flatMap(documentsOf);
    this.kinds = new Map(documents.map((document) => [document, kindOf(document)]));
  }

  /** All files, those within others too. */
  files(): SourceFile[] {
    return [...new Set([...this.kinds.keys()].map(({ file }) => file))];
  }

  of(kind: Kind): StackDocument[] {
    return [...this.kinds].flatMap(([document, own]) => (own === kind ? [document] : []));
  }

  /** Each document with its kind; undefined: nothing of a stack. */
  all(): Iterable<[StackDocument, Kind | undefined]> {
    return this.kinds;
  }
}
