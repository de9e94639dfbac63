import type { SourceFile } from './source/source-file.ts';
import type { Value } from './source/value.ts';

/** A metric that the contract promises. */
export interface PromisedMetric {
  name: string;
  type: string | undefined;
  jobs: string[];
  /** Undefined when they aren't said in a way that is understood. */
  labels: string[] | undefined;
  /** The most series that one job may have of it; 1 unless said. */
  series: number;
  /** All values that a label can have, where the contract lists them. */
  values: Map<string, string[]>;
}

/** A mistake that means the same, declared with its reason. */
export interface DeclaredEquivalent {
  of: string;
  mistake: string;
  becomes: string[];
  /** A text that the whole expression has then; undefined: any. */
  within: string | undefined;
  because: string;
}

/** contract.yaml, as far as the rules need it; its own schema is checked by `verify`. */
export interface Contract {
  file: SourceFile;
  root: Value;
  metrics: PromisedMetric[];
  equivalent: DeclaredEquivalent[];
}

/**
 * Takes from a contract what the rules need. What isn't as its schema has it is left out, and is no
 * error here.
 */
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
        : // An entry that says neither type nor labels leaves both open.
          (labels.exists && !labels.isList) || (!labels.exists && !value.has('type'))
          ? undefined
          : labels.items().map((v) => v.text() ?? v.get('name').text());
      return {
        name: key,
        type: value.get('type').text(),
        jobs: value
          .get('jobs')
          .texts()
          .map((t) => t.text),
        series: value.get('series').number() ?? 1,
        labels: named?.every((l) => l !== undefined) ? named : undefined,
        values,
      };
    });
  const equivalent = root
    .get('equivalent')
    .items()
    .map((value) => ({
      of: value.get('of').text() ?? '',
      mistake: value.get('mistake').text() ?? '',
      becomes: value
        .get('becomes')
        .texts()
        .map(({ text }) => text),
      within: value.get('within').text(),
      because: value.get('because').text() ?? '',
    }));
  return { file, root, metrics, equivalent };
}
