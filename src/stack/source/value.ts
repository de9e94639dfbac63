import type { Node, ScalarNode } from './node.ts';
import { scalarMap } from './scalar-map.ts';
import type { SourceFile } from './source-file.ts';

/** A stretch of a file; offsets count UTF-16 units. */
export interface Place {
  file: SourceFile;
  from: number;
  to: number;
}

/**
 * A value of a YAML or JSON file, with its place; of a kind that nobody expected, or not there at
 * all, it is simply empty.
 */
export class Value {
  readonly file: SourceFile;
  readonly node: Node | undefined;
  /** The key it stands under; for what isn't there, the nearest thing that is. */
  readonly keyPlace: Place;
  private map: number[] | undefined;

  constructor(file: SourceFile, node: Node | undefined, keyPlace?: Place) {
    this.file = file;
    this.node = node;
    this.keyPlace = keyPlace ?? { file, from: node?.from ?? 0, to: node?.from ?? 0 };
  }

  get exists(): boolean {
    return this.node !== undefined && !(this.node.kind === 'scalar' && this.node.value === null);
  }

  get isMap(): boolean {
    return this.node?.kind === 'map';
  }

  get isList(): boolean {
    return this.node?.kind === 'list';
  }

  /** Where the value is; for what isn't there, its key or holder. */
  get place(): Place {
    if (!this.exists || !this.node) return this.keyPlace;
    return { file: this.file, from: this.node.from, to: this.node.to };
  }

  /** The first line of a map or list: what a finding about all of it points at. */
  get head(): Place {
    const node = this.node;
    if (node?.kind === 'map' && node.entries[0])
      return { file: this.file, from: node.entries[0].keyFrom, to: node.entries[0].keyTo };
    return this.place;
  }

  get(key: string): Value {
    const entry =
      this.node?.kind === 'map' ? this.node.entries.find((e) => e.key === key) : undefined;
    if (!entry)
      return new Value(this.file, undefined, this.node?.kind === 'map' ? this.head : this.keyPlace);
    return new Value(this.file, entry.value, {
      file: this.file,
      from: entry.keyFrom,
      to: entry.keyTo,
    });
  }

  /** The value at a path of keys. */
  at(...keys: string[]): Value {
    return keys.reduce<Value>((value, key) => value.get(key), this);
  }

  has(key: string): boolean {
    return this.node?.kind === 'map' && this.node.entries.some((e) => e.key === key);
  }

  /** A list's items; none for anything else. */
  items(): Value[] {
    return this.node?.kind === 'list'
      ? this.node.items.map(
          (item) => new Value(this.file, item, { file: this.file, from: item.from, to: item.from }),
        )
      : [];
  }

  /** A map's keys and values; none for anything else. */
  entries(): { key: string; value: Value }[] {
    if (this.node?.kind !== 'map') return [];
    return this.node.entries.map((e) => ({
      key: e.key,
      value: new Value(this.file, e.value, { file: this.file, from: e.keyFrom, to: e.keyTo }),
    }));
  }

  /** A scalar as text, numbers and booleans too; undefined for anything else. */
  text(): string | undefined {
    const scalar = this.scalar();
    return scalar?.value === null || scalar === undefined
      ? undefined
      : typeof scalar.value === 'string'
        ? scalar.value
        : this.file.text.slice(scalar.from, scalar.to) || String(scalar.value);
  }

  /** A scalar as YAML and JSON understand it; undefined for anything else. */
  get raw(): ScalarNode['value'] | undefined {
    return this.scalar()?.value;
  }

  /** Whether a scalar is written in quotes: then it is a text, whatever stands in it. */
  get isQuoted(): boolean {
    const style = this.scalar()?.style;
    return (
      style === 'QUOTE_DOUBLE' ||
      style === 'QUOTE_SINGLE' ||
      (style === 'JSON' && typeof this.raw === 'string')
    );
  }

  number(): number | undefined {
    const scalar = this.scalar();
    const value = isGrouped(scalar) ? Number(scalar.value.replaceAll('_', '')) : scalar?.value;
    return typeof value === 'number' && Number.isFinite(value) ? value : undefined;
  }

  /** True only for a boolean true. */
  isTrue(): boolean {
    return this.scalar()?.value === true;
  }

  isFalse(): boolean {
    return this.scalar()?.value === false;
  }

  /** All texts of a list, or the one of a scalar, each with its value. */
  texts(): { text: string; value: Value }[] {
    const values = this.isList ? this.items() : [this as Value];
    return values.flatMap((value) => {
      const text = value.text();
      return text === undefined ? [] : [{ text, value }];
    });
  }

  /** The place of a stretch of the scalar's text, whatever style it is written in. */
  within(from: number, to: number): Place {
    const scalar = this.scalar();
    if (!scalar) return this.place;
    this.map ??= scalarMap(this.file.text, scalar);
    const end = this.map.length - 1;
    const start = this.map[Math.min(Math.max(0, from), end)] ?? scalar.from;
    const last = to > from ? (this.map[Math.min(to - 1, end)] ?? start) + 1 : start;
    return { file: this.file, from: start, to: Math.max(start, last) };
  }

  /** All of it as JSON has it; undefined for what isn't there. */
  json(): unknown {
    return this.node && jsonOf(this.node);
  }

  private scalar(): ScalarNode | undefined {
    return this.node?.kind === 'scalar' ? this.node : undefined;
  }
}

/** Go's reader of YAML takes `100_000` for a number; by YAML 1.2 it is a text. */
function isGrouped(scalar: ScalarNode | undefined): scalar is ScalarNode & { value: string } {
  return (
    scalar?.style === 'PLAIN' &&
    typeof scalar.value === 'string' &&
    /^[-+]?\d[\d_]*(\.[\d_]*)?(e[-+]?[\d_]+)?$/i.test(scalar.value)
  );
}

function jsonOf(node: Node): unknown {
  if (node.kind === 'scalar') return node.value;
  return node.kind === 'list'
    ? node.items.map(jsonOf)
    : Object.fromEntries(node.entries.map(({ key, value }) => [key, jsonOf(value)]));
}
