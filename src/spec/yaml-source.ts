import { LineCounter, isAlias, isMap, isScalar, isSeq, parseDocument } from 'yaml';
import type { Document, Node, Scalar } from 'yaml';
import type { z } from 'zod';
import { messageOf } from '../lib/errors.ts';
import type { InputProblem } from '../lib/errors.ts';
import type { SourceRef } from '../model/source.ts';
import { describeIssue, keysAt } from './issue-text.ts';
import { sourceOffset } from './scalar-offset.ts';

export type Path = PropertyKey[];

/** After one broken line YAML's parser complains of many that follow: more than these say nothing new. */
const MOST_YAML_ERRORS = 20;
/** Go's YAML refuses these anywhere in a file, so Prometheus would not start. */

const CONTROL = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f\ufffe\uffff]/;

/** A YAML file: its data, and the place of everything in it. Whatever bytes it is made from, it never throws. */
export class YamlSource {
  readonly file: string;
  /** What was found wrong so far. */
  readonly problems: InputProblem[] = [];
  /** The value as plain data, keys without a value left out as Go's programs do; undefined when the file is no YAML. */
  readonly data: unknown;
  /** Keys that were left out for having no value, by what they stood in. */
  private readonly empty = new Map<object, string[]>();
  private readonly text: string;
  private readonly document: Document | undefined;
  private readonly lines = new LineCounter();

  /** @param file path relative to the stack folder, for messages */
  constructor(file: string, text: string) {
    this.file = file;
    this.text = text;
    const control = CONTROL.exec(text);
    try {
      // Merge keys: Prometheus and Alertmanager know them.
      this.document = parseDocument(text, {
        lineCounter: this.lines,
        prettyErrors: false,
        logLevel: 'error',
        merge: true,
      });
      for (const error of this.document.errors.slice(0, MOST_YAML_ERRORS))
        this.problems.push({
          source: this.place(error.pos[0]),
          message: error.message.replace(/\s+/g, ' ').trim(),
          expected: 'valid YAML',
        });
      if (control)
        this.problems.push({
          source: this.place(control.index),
          message: 'a control character',
          expected: 'text',
        });
      if (this.problems.length === 0) this.data = this.withoutNulls(this.document.toJS());
    } catch (error) {
      // Aliases made to exhaust memory, or a nesting deeper than the stack.
      this.problems.push({
        source: this.place(0),
        message: `the file can't be taken in: ${messageOf(error)}`,
        expected: 'a document of reasonable depth with few aliases',
      });
    }
  }

  /** Where the value at a path begins, or with `key` where its key begins. What isn't there has the place of the key that it is missing from. */
  at(path: Path, key = false): SourceRef {
    let node: unknown = this.document?.contents;
    let place = startOf(node) ?? 0;
    let holder = place;
    for (const [i, part] of path.entries()) {
      const pair = isMap(node)
        ? node.items.find((p) => isScalar(p.key) && String(p.key.value) === String(part))
        : undefined;
      const next: unknown = pair ? pair.value : isSeq(node) ? node.items[Number(part)] : undefined;
      if (!pair && next === undefined) return this.place(holder);
      const keyAt = startOf(pair?.key);
      holder = keyAt ?? startOf(next) ?? holder;
      place =
        (key && i === path.length - 1 ? keyAt : isNothing(next) ? undefined : startOf(next)) ??
        holder;
      node = isAlias(next) && this.document ? next.resolve(this.document) : next;
    }
    return this.place(place);
  }

  /** The place of one character of the text at a path, whatever style of YAML it is written in. */
  within(path: Path, offset: number): SourceRef {
    const scalar = this.document?.getIn(path, true);
    if (!isScalar(scalar) || typeof scalar.value !== 'string' || !scalar.range)
      return this.at(path);
    return this.place(sourceOffset(this.text, scalar as Scalar<string>, offset));
  }

  /** The value at a path; undefined when there is none. */
  get(path: Path): unknown {
    return path.reduce<unknown>(
      (value, part) =>
        typeof value === 'object' && value !== null && Object.hasOwn(value, part)
          ? (value as Record<PropertyKey, unknown>)[part]
          : undefined,
      this.data,
    );
  }

  /** Paths of the entries of the map or list at a path; none when there is neither. */
  entries(path: Path): Path[] {
    const value = this.get(path);
    if (Array.isArray(value)) return value.map((_, i) => [...path, i]);
    return typeof value === 'object' && value !== null
      ? Object.keys(value).map((key) => [...path, key])
      : [];
  }

  /** All keys of the map at a path, those without a value too. */
  keys(path: Path): string[] {
    const value = this.get(path);
    return typeof value === 'object' && value !== null && !Array.isArray(value)
      ? [...Object.keys(value), ...(this.empty.get(value) ?? [])]
      : [];
  }

  /** Adds a problem at the value (or the key) of a path. */
  say(path: Path, message: string, expected: string, key = false): void {
    this.problems.push({ source: this.at(path, key), message, expected });
  }

  /** Checks the value at a path against a schema. Returns it normalised; or undefined, and what is wrong is in `problems`. */
  check<T extends z.ZodType>(schema: T, path: Path): z.output<T> | undefined {
    if (this.data === undefined && this.problems.length > 0) return undefined;
    const strangers = this.strangers(schema, path, [], new Set());
    const result = schema.safeParse(this.get(path));
    if (result.success) return strangers ? undefined : result.data;
    for (const issue of result.error.issues) {
      for (const { path: within, key, message, expected } of describeIssue(
        issue,
        schema,
        path,
        (at) => this.get(at),
      ))
        this.say(within, message, expected, key);
    }
    return undefined;
  }

  /**
   * Adds a problem for each key without a value that the schema doesn't know, at any depth. They are easily made:
   * `{ why: this, and that }` has a key `and that`.
   * @returns whether there are any
   */
  private strangers(schema: z.ZodType, base: Path, within: Path, seen: Set<unknown>): boolean {
    const value = this.get([...base, ...within]);
    if (typeof value !== 'object' || value === null || seen.has(value)) return false;
    seen.add(value);
    const known = keysAt(schema, within);
    const unknown =
      known.length === 0 ? [] : (this.empty.get(value) ?? []).filter((key) => !known.includes(key));
    for (const key of unknown)
      this.say(
        [...base, ...within, key],
        `unknown key \`${key}\`, without a value`,
        `one of: ${known.join(', ')}; or quotes around a text with a comma in it`,
        true,
      );
    const deeper = Object.keys(value).map((key) =>
      this.strangers(schema, base, [...within, key], seen),
    );
    return unknown.length > 0 || deeper.includes(true);
  }

  /** Drops keys without a value, in place; each object once, since aliases share them. */
  private withoutNulls(value: unknown, seen = new Set<unknown>()): unknown {
    if (typeof value !== 'object' || value === null || seen.has(value)) return value ?? undefined;
    seen.add(value);
    for (const [key, inner] of Object.entries(value)) {
      if (inner === null && !Array.isArray(value)) {
        Reflect.deleteProperty(value, key);
        this.empty.set(value, [...(this.empty.get(value) ?? []), key]);
      } else this.withoutNulls(inner, seen);
    }
    return value;
  }

  private place(offset: number): SourceRef {
    const { line, col } = this.lines.linePos(offset);
    return { file: this.file, line: Math.max(1, line), column: Math.max(1, col) };
  }
}

function startOf(node: unknown): number | undefined {
  return (node as Node | null | undefined)?.range?.[0];
}

/** A key without a value has an empty node somewhere behind it. */
function isNothing(node: unknown): boolean {
  return node === null || (isScalar(node) && node.value === null);
}
