import type { SourceFile } from './source/source-file.ts';
import type { Value } from './source/value.ts';

/** A metric that the contract promises. */
export interface PromisedMetric {
  name: string;
  type: string | undefined;
  jobs: string[];
  /** Undefined when they aren't said in a way that is understood. */
  labels: string[] | undefined;
  /** All values that a label can have, where the contract lists them. */
  values: Map<string, string[]>;
}

/** contract.yaml, as far as the rules need it; its own schema is checked by `verify`. */
export interface Contract {
  file: SourceFile;
  root: Value;
  metrics: PromisedMetric[];
}

export function readContract(file: SourceFile, root: Value): Contract {
  const metrics = root
    .get('metrics')
    .entries()
    .map(({ key, value }): PromisedMetric => {
      const labels = value.get('labels');
      const values = new Map(
        labels.entries().flatMap(({ key: label, value: list }) => {
          const texts = (list.isMap ? list.get('values') : list).items().map((v) => v.text());
          return texts.length > 0 && texts.every((t) => t !== undefined)
            ? [[label, texts] as const]
            : [];
        }),
      );
      const named = labels.isMap
        ? labels.entries().map((e) => e.key)
        : labels.exists && !labels.isList
          ? undefined
          : labels.items().map((v) => v.text() ?? v.get('name').text());
      return {
        name: key,
        type: value.get('type').text(),
        jobs: value
          .get('jobs')
          .texts()
          .map((t) => t.text),
        labels: named?.every((l) => l !== undefined) ? named : undefined,
        values,
      };
    });
  return { file, root, metrics };
}
