import type { z } from 'zod';
import type { InputProblem } from '../lib/errors.ts';
import type { SourceRef } from '../model/source.ts';
import type { Node } from '../stack/source/node.ts';
import type { SourceFile } from '../stack/source/source-file.ts';
import type { Value } from '../stack/source/value.ts';
import { describeIssue, keysAt } from './issue-text.ts';

export type Path = PropertyKey[];

/**
 * A document of the stack as plain data that schemas are held against, with the place of everything
 * in it.
 */
export class YamlSource {
  readonly file: string;
  /** What was found wrong so far. */
  readonly problems: InputProblem[] = [];
  /**
   * The value as plain data, keys without a value left out as Go's programs do; undefined when the
   * file is broken.
   */
  readonly data: unknown;
  /** Keys that were left out for having no value, by what they stood in. */
  private readonly empty = new Map<object, string[]>();
  private readonly root: Value;

  constructor(root: Value) {
    this.root = root;
    this.file = root.file.path;
    this.problems.push(...fileProblems(root.file));
    if (this.problems.length === 0 && root.node) this.data = this.plain(root.node, new Map());
  }

  /**
   * Where the value at a path begins, or with `key` where its key begins. What isn't there has the
   * place of the key that it is missing from.
   */
  at(path: Path, key = false): SourceRef {
    let value = this.root;
    let holder = value.node?.from ?? 0;
    let place = holder;
    for (const [i, part] of path.entries()) {
      const next = childOf(value, part);
      if (!next) return this.place(holder);
      holder = next.keyPlace.from;
      const isKey = key && i === path.length - 1;
      place = !isKey && next.exists && next.node ? next.node.from : holder;
      value = next;
    }
    return this.place(place);
  }

  /** Whether what stands at a path is this value. */
  isAt(path: Path, value: Value): boolean {
    return this.valueAt(path)?.node === value.node;
  }

  /** The place of one character of the text at a path, whatever style of YAML it is written in. */
  within(path: Path, offset: number): SourceRef {
    const value = this.valueAt(path);
    const text = value?.text();
    if (!value || text === undefined) return this.at(path);
    // Behind the last visible character stands nothing but the file's own line breaks.
    const end = text.trimEnd().length;
    return this.place(
      offset < end ? value.within(offset, offset).from : value.within(end - 1, end).to,
    );
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

  /**
   * Checks the value at a path against a schema. Returns it normalised; or undefined, and what is
   * wrong is in `problems`.
   */
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
   * Adds a problem for each key without a value that the schema doesn't know, at any depth. They
   * are easily made: `{ why: this, and that }` has a key `and that`.
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

  private valueAt(path: Path): Value | undefined {
    return path.reduce<Value | undefined>(
      (holder, part) => holder && childOf(holder, part),
      this.root,
    );
  }

  /** Plain data; what aliases share is shared here too. */
  private plain(node: Node, done: Map<Node, unknown>): unknown {
    if (done.has(node)) return done.get(node);
    const made = this.make(node, done);
    done.set(node, made);
    return made;
  }

  private make(node: Node, done: Map<Node, unknown>): unknown {
    if (node.kind === 'scalar') return node.value ?? undefined;
    if (node.kind === 'list') return node.items.map((item) => this.plain(item, done) ?? null);
    const entries = node.entries.map((e) => [e.key, this.plain(e.value, done)] as const);
    const made = Object.fromEntries(entries.filter(([, value]) => value !== undefined));
    const without = entries.filter(([, value]) => value === undefined).map(([name]) => name);
    if (without.length > 0) this.empty.set(made, without);
    return made;
  }

  private place(offset: number): SourceRef {
    return { file: this.file, ...this.root.file.position(offset) };
  }
}

/** What keeps a file from being taken in. */
export function fileProblems(file: SourceFile): InputProblem[] {
  return file.errors.map(({ from, message }) => ({
    source: { file: file.path, ...file.position(from) },
    message,
    expected: file.kind === 'text' ? 'a text that can be read' : `valid ${file.kind.toUpperCase()}`,
  }));
}

function childOf(value: Value, part: PropertyKey): Value | undefined {
  if (value.isList) return value.items()[Number(part)];
  return value.has(String(part)) ? value.get(String(part)) : undefined;
}
