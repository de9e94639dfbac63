import { LineCounter, isMap, isPair, isScalar, parseDocument } from 'yaml';
import type { Document, Node, Pair } from 'yaml';
import { z } from 'zod';
import type { InputProblem } from '../lib/errors.ts';
import { nearest } from '../lib/nearest.ts';
import type { SourceRef } from '../model/source.ts';

type Path = PropertyKey[];

/** A YAML file with the place of everything in it. */
export class YamlSource {
  readonly file: string;
  readonly problems: InputProblem[] = [];
  private readonly document: Document;
  private readonly lines = new LineCounter();

  /** @param file path relative to the stack folder, for messages */
  constructor(file: string, text: string) {
    this.file = file;
    this.document = parseDocument(text, { lineCounter: this.lines });
    for (const error of this.document.errors) this.problems.push({ source: this.place(error.pos[0]), message: error.message.split('\n')[0]?.replace(/ at line \d+, column \d+:?$/, '') ?? error.code, expected: 'valid YAML' });
  }

  /** The value as plain data; undefined when the file doesn't parse. */
  data(): unknown {
    if (this.problems.length > 0) return undefined;
    try {
      return this.document.toJS() as unknown;
    } catch (error) {
      // Too many aliases: a document made to exhaust memory.
      this.problems.push({ source: this.place(0), message: String(error instanceof Error ? error.message : error), expected: 'a document with few aliases' });
      return undefined;
    }
  }

  /** Where the value at a path begins; the nearest parent's place if there is no such value. With `key`, where its key begins. */
  at(path: Path, key = false): SourceRef {
    let node: unknown = this.document.contents;
    let place = 0;
    path.forEach((part, i) => {
      const pair = isMap(node) ? (node.items as Pair[]).find((p) => isPair(p) && isScalar(p.key) && String(p.key.value) === String(part)) : undefined;
      const next: unknown = pair ? pair.value : isMap(node) ? undefined : (node as { items?: unknown[] } | undefined)?.items?.[Number(part)];
      const keyAt = (pair?.key as Node | undefined)?.range?.[0];
      const valueAt = (next as Node | null | undefined)?.range?.[0];
      place = (key && i === path.length - 1 ? keyAt : valueAt) ?? keyAt ?? place;
      node = next;
    });
    return this.place(path.length === 0 ? ((this.document.contents as Node | null)?.range?.[0] ?? 0) : place);
  }

  /** Checks the value against a schema; what is wrong is added to `problems`. Returns the normalised value or undefined. */
  parse<T extends z.ZodType>(schema: T): z.output<T> | undefined {
    const data = this.data();
    if (this.problems.length > 0) return undefined;
    const result = schema.safeParse(data);
    if (result.success) return result.data;
    for (const issue of result.error.issues) this.addIssue(issue, schema);
    return undefined;
  }

  private addIssue(issue: z.core.$ZodIssue, schema: z.ZodType): void {
    if (issue.code === 'unrecognized_keys') {
      const known = keysAt(schema, issue.path);
      for (const name of issue.keys) {
        const close = nearest(name, known);
        this.problems.push({ source: this.at([...issue.path, name], true), message: `unknown key \`${name}\``, expected: close ? `\`${close}\`, or one of: ${known.join(', ')}` : `one of: ${known.join(', ')}` });
      }
      return;
    }
    const missing = issue.code === 'invalid_type' && issue.message.includes('received undefined');
    this.problems.push({ source: this.at(issue.path), message: missing ? `\`${String(issue.path.at(-1) ?? '')}\` is missing` : `wrong value${issue.path.length > 0 ? ` for \`${issue.path.map(String).join('.')}\`` : ''}`, expected: issue.message.replace(/^Invalid (input|option): ?(expected )?/, '') });
  }

  private place(offset: number): SourceRef {
    const { line, col } = this.lines.linePos(offset);
    return { file: this.file, line: Math.max(1, line), column: Math.max(1, col) };
  }
}

/** The keys that a schema knows at a path, for the message about one that it doesn't know. */
function keysAt(schema: unknown, path: Path): string[] {
  let here = schema as { def: { type: string; innerType?: unknown; element?: unknown; valueType?: unknown; in?: unknown; shape?: Record<string, unknown>; getter?: () => unknown } } | undefined;
  const unwrap = (): void => {
    while (here && !here.def.shape && (here.def.innerType ?? here.def.in ?? here.def.getter)) here = (here.def.innerType ?? here.def.in ?? here.def.getter?.()) as typeof here;
  };
  for (const part of path) {
    unwrap();
    here = (here?.def.shape?.[String(part)] ?? here?.def.element ?? here?.def.valueType) as typeof here;
  }
  unwrap();
  return Object.keys(here?.def.shape ?? {});
}
