import { z } from 'zod';
import type { DataSourceSpec } from '../model/spec.ts';
import type { YamlSource } from './yaml-source.ts';

const text = z.string();
const dataSourceSchema = z.looseObject({
  name: text,
  uid: text.optional(),
  type: text,
  url: text.default(''),
  isDefault: z.boolean().default(false),
});

/**
 * The data sources in a file of Grafana's provisioning. What is wrong is added to the source's
 * problems.
 */
export function readDataSources(source: YamlSource): DataSourceSpec[] {
  return source.entries(['datasources']).flatMap((path) => {
    const raw = source.check(dataSourceSchema, path);
    // Without a uid Grafana makes one up, which no file can name: `check` has a rule about that.
    return raw
      ? [
          {
            uid: raw.uid ?? '',
            name: raw.name,
            type: raw.type,
            url: raw.url,
            isDefault: raw.isDefault,
            source: source.at([...path, 'name']),
          },
        ]
      : [];
  });
}
