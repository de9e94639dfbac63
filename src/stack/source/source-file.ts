import { messageOf } from '../../lib/errors.ts';
import type { CheckFile } from '../../model/check.ts';
import { parseJson } from './json.ts';
import { measure } from './node.ts';
import type { Node } from './node.ts';
import { Value } from './value.ts';
import type { Place } from './value.ts';
import { parseYaml } from './yaml.ts';
import type { Parsed, ReadError } from './yaml.ts';

/** Go's YAML refuses these anywhere in a file, so Prometheus would not start. */
const CONTROL = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f\ufffe\uffff]/;
/** No configuration is nested deeper; whoever walks a tree has the stack for this. */
const DEEPEST = 500;
/** What aliases may add to a tree when they are written out. */
const MOST_WRITTEN = 200_000;

/** The text of a file within a file: which file it is, and where each of its characters stands. */
export interface Embedding {
  outer: SourceFile;
  /** The name that it has where it is mounted, e.g. `rules.yml`. */
  name: string;
  /** Where a stretch of the inner text stands in the outer file. */
  place: (from: number, to: number) => Place;
}

/**
 * Trees of files by the very objects that were given: who reads a stack again and again with one
 * file changed has the others parsed once.
 */
const READ = new WeakMap<CheckFile, Parsed>();

/**
 * One file of the stack, or a file within one (in a ConfigMap): its text, the trees of its
 * documents, and what couldn't be read of it. Whatever bytes it is made from, it never throws.
 */
export class SourceFile {
  /** Path relative to the stack's folder; for a file within a file, that of the outer one. */
  readonly path: string;
  /** The name it has for the program that reads it: a ConfigMap's key is one. */
  readonly name: string;
  readonly text: string;
  readonly kind: 'yaml' | 'json' | 'text';
  /** Why it couldn't be read as text, and whether nothing at all is known of what is there. */
  readonly unreadable: string | undefined;
  readonly unseen: CheckFile['unseen'];
  readonly errors: ReadError[] = [];
  /** Of each document, the value that it is. */
  readonly documents: Value[];
  readonly embedding: Embedding | undefined;
  private starts: number[] | undefined;

  constructor(given: CheckFile, embedding?: Embedding) {
    const { path, text, unreadable } = given;
    this.path = path;
    this.text = text;
    this.unreadable = unreadable;
    this.unseen = given.unseen;
    this.embedding = embedding;
    this.name = embedding?.name ?? path.split('/').at(-1) ?? path;
    this.kind = kindOf(this.name, embedding !== undefined);
    // What could be read of it ends where it stops being text.
    if (unreadable !== undefined)
      this.errors.push({ from: text.length, to: text.length, message: unreadable });
    this.documents = this.parse(given).map((root) => new Value(this, root));
  }

  /** The first document; of a file without any, a value that isn't there. */
  get root(): Value {
    return this.documents[0] ?? new Value(this, undefined);
  }

  /** Line and column of an offset, from 1; of a file within a file, those in the outer one. */
  position(offset: number): { line: number; column: number } {
    if (this.embedding) {
      const { file, from } = this.embedding.place(offset, offset);
      return file.position(from);
    }
    return this.ownPosition(offset);
  }

  private ownPosition(offset: number): { line: number; column: number } {
    this.starts ??= lineStarts(this.text);
    let [low, high] = [0, this.starts.length];
    while (high - low > 1) {
      const middle = (low + high) >> 1;
      if ((this.starts[middle] ?? 0) <= offset) low = middle;
      else high = middle;
    }
    return { line: low + 1, column: Math.max(0, offset - (this.starts[low] ?? 0)) + 1 };
  }

  private parse(given: CheckFile): Node[] {
    if (this.kind === 'text' || this.errors.length > 0) return [];
    const control = this.kind === 'yaml' ? CONTROL.exec(this.text) : null;
    if (control)
      this.errors.push({
        from: control.index,
        to: control.index + 1,
        message: 'a control character',
      });
    try {
      const known = READ.get(given) ?? read(this.kind, this.text);
      READ.set(given, known);
      const { roots, errors } = known;
      this.errors.push(...errors);
      return roots;
    } catch (error) {
      // Nesting deeper than the stack, or aliases made to exhaust memory.
      this.errors.push({
        from: 0,
        to: 0,
        message: `the file can't be taken in: ${messageOf(error)}`,
      });
      return [];
    }
  }
}

/** @throws an Error for what no walker of the tree could bear */
function read(kind: 'yaml' | 'json', text: string): Parsed {
  const parsed = kind === 'json' ? parseJson(text) : parseYaml(text);
  for (const root of parsed.roots) {
    const { nodes, written, depth } = measure(root);
    if (depth > DEEPEST) throw new Error(`it is nested ${depth} deep; at most ${DEEPEST} are read`);
    if (written > nodes + MOST_WRITTEN)
      throw new Error('its aliases stand for too much; a document with few aliases is read');
  }
  return parsed;
}

/**
 * By the ending of its name; what lies in a ConfigMap under a name without any is YAML, of which
 * JSON is a part.
 */
function kindOf(name: string, embedded: boolean): SourceFile['kind'] {
  if (/\.(ya?ml|rules?)$/.test(name)) return 'yaml';
  if (name.endsWith('.json')) return 'json';
  return embedded && !/\.[a-z]+$/.test(name) ? 'yaml' : 'text';
}

function lineStarts(text: string): number[] {
  const starts = [0];
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) starts.push(at + 1);
  return starts;
}
