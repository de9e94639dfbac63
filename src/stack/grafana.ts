import type { StackDocument } from './source/documents.ts';
import type { Value } from './source/value.ts';
import type { SourceTypes } from './dashboards/index.ts';
import { Expression } from './expression.ts';

/** Grafana's provisioning files, as far as they can be read. */
export interface Grafana {
  dataSourceFiles: StackDocument[];
  dataSources: {
    name: string;
    uid: string | undefined;
    type: string;
    isDefault: boolean;
    value: Value;
  }[];
  providerFiles: StackDocument[];
  providers: { value: Value; path: Value }[];
  alertingFiles: StackDocument[];
  /** Queries of alert rules: the data source that each asks. */
  queries: { uid: Value; subject: string; expression: Expression | undefined }[];
}

/**
 * Takes from Grafana's provisioning files the data sources, where dashboards are, and what alert
 * rules ask. Entries that aren't maps are left out.
 */
export function readGrafana(files: {
  dataSources: StackDocument[];
  providers: StackDocument[];
  alerting: StackDocument[];
}): Grafana {
  const maps = (list: StackDocument[], key: string): Value[] =>
    list.flatMap(({ root }) => root.get(key).items()).filter((v) => v.isMap);
  return {
    dataSourceFiles: files.dataSources,
    dataSources: maps(files.dataSources, 'datasources').map((value) => ({
      name: value.get('name').text() ?? '',
      uid: value.get('uid').text(),
      type: value.get('type').text() ?? '',
      isDefault: value.get('isDefault').isTrue(),
      value,
    })),
    providerFiles: files.providers,
    providers: maps(files.providers, 'providers').map((value) => ({
      value,
      path: value.at('options', 'path'),
    })),
    alertingFiles: files.alerting,
    queries: maps(files.alerting, 'groups')
      .flatMap((group) => group.get('rules').items())
      .flatMap((rule) =>
        rule
          .get('data')
          .items()
          .map((query) => {
            const subject = `alert ${rule.get('title').text() ?? ''}`;
            const expr = query.at('model', 'expr');
            const type = query.at('model', 'datasource', 'type').text();
            return {
              uid: query.get('datasourceUid'),
              subject,
              expression:
                expr.text() !== undefined && (type === undefined || type === 'prometheus')
                  ? new Expression(expr, 'panel', subject)
                  : undefined,
            };
          }),
      ),
  };
}

/** Types of the provisioned data sources, by uid and by name; the default's under an empty name. */
export function sourceTypes({ dataSources }: Grafana): SourceTypes {
  return new Map(
    dataSources.flatMap(({ uid, name, type, isDefault }) => [
      [uid ?? name, type] as const,
      [name, type] as const,
      ...(isDefault || dataSources.length === 1 ? [['', type] as const] : []),
    ]),
  );
}
