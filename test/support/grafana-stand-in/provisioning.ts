import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { parseDurationMs } from '../../../src/lib/duration.ts';

export interface DataSource {
  uid: string;
  name: string;
  type: string;
  url: string;
  access: string;
}

export interface Panel {
  id: number;
  type: string;
  title: string;
  targets?: { refId: string; expr: string; instant?: boolean; datasource?: { uid: string } }[];
  panels?: Panel[];
}

export interface Dashboard {
  uid: string;
  title: string;
  panels: Panel[];
}

export interface Rule {
  title: string;
  expr: string;
  dataSource: string;
  evaluator: string;
  limit: number;
  /** What it becomes when it can't be evaluated: `Alerting`, `KeepLast`. */
  onError: string;
  forMs: number;
  /** Name of its group, and of the folder that it is shown in. */
  group: string;
  folder: string;
  labels: Record<string, string>;
  annotations: Record<string, string>;
}

/** Where Grafana itself looks (its setting `paths.provisioning`). */
const PROVISIONING = process.env['GF_PATHS_PROVISIONING'] ?? '/etc/grafana/provisioning';

/** What stands in the YAML files of one folder of provisioning, under one key. */
function listed<T>(folder: string, key: string): T[] {
  const dir = join(PROVISIONING, folder);
  const names = existsSync(dir) ? readdirSync(dir).filter((name) => /\.ya?ml$/.test(name)) : [];
  return names.flatMap(
    (name) =>
      (parse(readFileSync(join(dir, name), 'utf8')) as Record<string, T[] | undefined>)[key] ?? [],
  );
}

export function dataSources(): DataSource[] {
  return listed<DataSource>('datasources', 'datasources');
}

/**
 * The dashboards in the folders that the providers name, with the name of the folder that they are
 * shown in.
 */
export function dashboards(): { folder: string; dashboard: Dashboard }[] {
  return listed<{ folder: string; options: { path: string } }>('dashboards', 'providers').flatMap(
    ({ folder, options: { path } }) =>
      (existsSync(path) ? readdirSync(path) : [])
        .filter((name) => name.endsWith('.json'))
        .map((name) => ({
          folder,
          dashboard: JSON.parse(readFileSync(join(path, name), 'utf8')) as Dashboard,
        })),
  );
}

interface RawRule {
  title: string;
  for?: string;
  execErrState?: string;
  labels?: Record<string, string>;
  annotations?: Record<string, string>;
  data: {
    datasourceUid: string;
    model: { expr?: string; conditions?: { evaluator: { type: string; params: number[] } }[] };
  }[];
}

export function rules(): Rule[] {
  return listed<{ name: string; folder: string; rules: RawRule[] }>('alerting', 'groups')
    .flatMap(({ name, folder, rules: own }) => own.map((rule) => ({ group: name, folder, rule })))
    .map(({ group, folder, rule }) => {
      const { title, data } = rule;
      const asked = data.find(({ model }) => model.expr !== undefined);
      const evaluator = data.flatMap(({ model }) => model.conditions ?? [])[0]?.evaluator;
      return {
        title,
        expr: asked?.model.expr ?? '',
        dataSource: asked?.datasourceUid ?? '',
        evaluator: evaluator?.type ?? '',
        limit: evaluator?.params[0] ?? 0,
        onError: rule.execErrState ?? 'Alerting',
        forMs: parseDurationMs(rule.for ?? '0s') ?? 0,
        ...{ group, folder, labels: rule.labels ?? {}, annotations: rule.annotations ?? {} },
      };
    });
}
