import { messageOf } from '../../lib/errors.ts';
import type { CheckFile } from '../../model/check.ts';
import { parseJson } from './json.ts';
import { Value } from './value.ts';
import { parseYaml } from './yaml.ts';
import type { ReadError } from './yaml.ts';

/** Go's YAML refuses these anywhere in a file, so Prometheus would not start. */
const CONTROL = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f\ufffe\uffff]/;

/** One file of the stack: its text, its tree, and what couldn't be read of it. Whatever bytes it is made from, it never throws. */
export class SourceFile {
  readonly path: string;
  readonly text: string;
  readonly kind: 'yaml' | 'json' | 'text';
  readonly errors: ReadError[] = [];
  readonly root: Value;
  private starts: number[] | undefined;

  constructor({ path, text, unreadable }: CheckFile) {
    this.path = path;
    this.text = text;
    this.kind = /\.(ya?ml|rules?)$/.test(path) ? 'yaml' : path.endsWith('.json') ? 'json' : 'text';
    if (unreadable !== undefined) this.errors.push({ from: 0, to: 0, message: unreadable });
    this.root = new Value(this, this.parse());
  }

  /** Line and column of an offset, from 1. */
  position(offset: number): { line: number; column: number } {
    this.starts ??= lineStarts(this.text);
    let [low, high] = [0, this.starts.length];
    while (high - low > 1) {
      const middle = (low + high) >> 1;
      if ((this.starts[middle] ?? 0) <= offset) low = middle;
      else high = middle;
    }
    return { line: low + 1, column: Math.max(0, offset - (this.starts[low] ?? 0)) + 1 };
  }

  private parse() {
    if (this.kind === 'text' || this.errors.length > 0) return undefined;
    const control = this.kind === 'yaml' ? CONTROL.exec(this.text) : null;
    if (control)
      this.errors.push({
        from: control.index,
        to: control.index + 1,
        message: 'a control character',
      });
    try {
      const { root, errors } = this.kind === 'json' ? parseJson(this.text) : parseYaml(this.text);
      this.errors.push(...errors);
      return root;
    } catch (error) {
      // Nesting deeper than the stack, or aliases made to exhaust memory.
      this.errors.push({
        from: 0,
        to: 0,
        message: `the file can't be taken in: ${messageOf(error)}`,
      });
      return undefined;
    }
  }
}

function lineStarts(text: string): number[] {
  const starts = [0];
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) starts.push(at + 1);
  return starts;
}
