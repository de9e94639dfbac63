import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { CheckFile } from '../../src/model/check.ts';
import type { Spec } from '../../src/model/spec.ts';
import { filesOf, specOf } from '../../src/spec/index.ts';

export const STACK = fileURLToPath(new URL('../../stack', import.meta.url));

/** The files of GT-Vision's own stack: what is unchanged in a copy is parsed once. */
let own: Promise<Map<string, CheckFile>> | undefined;

/** A copy of GT-Vision's stack, for the length of one call. */
export async function withStackCopy<T>(use: (stack: StackCopy) => Promise<T>): Promise<T> {
  own ??= filesOf(STACK).then((files) => new Map(files.map((file) => [file.path, file])));
  const stack = new StackCopy(await own);
  try {
    return await use(stack);
  } finally {
    stack.remove();
  }
}

/**
 * Its texts are in memory until somebody asks for its folder: most are only read, and to write a
 * folder and to delete it takes longer than that.
 */
export class StackCopy {
  private readonly own: Map<string, CheckFile>;
  private readonly edited = new Map<string, CheckFile>();
  private folder: string | undefined;

  constructor(own: Map<string, CheckFile>) {
    this.own = own;
  }

  /** A temporary folder with all of it; what is written from then on is written there. */
  get dir(): string {
    if (this.folder !== undefined) return this.folder;
    this.folder = mkdtempSync(join(tmpdir(), 'stack-'));
    cpSync(STACK, this.folder, { recursive: true });
    for (const { path, text } of this.edited.values()) writeFileSync(join(this.folder, path), text);
    return this.folder;
  }

  /**
   * Read as `readSpec` does.
   * @throws InputError with all problems at once
   */
  async spec(): Promise<Spec> {
    if (this.folder === undefined)
      return specOf(
        STACK,
        [...this.own.values()].map((file) => this.edited.get(file.path) ?? file),
      );
    const files = (await filesOf(this.folder)).map((file) => {
      const unchanged = this.own.get(file.path);
      return unchanged?.text === file.text && !file.unreadable ? unchanged : file;
    });
    return specOf(this.folder, files);
  }

  read(file: string): string {
    const known = this.edited.get(file) ?? this.own.get(file);
    if (this.folder === undefined && known) return known.text;
    return readFileSync(join(this.dir, file), 'utf8');
  }

  write(file: string, content: string | Uint8Array): void {
    const isText = typeof content === 'string';
    if (this.folder === undefined && isText && this.own.has(file))
      this.edited.set(file, { path: file, text: content });
    else writeFileSync(join(this.dir, file), content);
  }

  /** Replaces the first occurrence of a text, which must be there. */
  edit(file: string, from: string, to: string): void {
    const text = this.read(file);
    if (!text.includes(from)) throw new Error(`${file} doesn't hold ${from}`);
    this.write(
      file,
      text.replace(from, () => to),
    );
  }

  /** Deletes its folder, if it has one. */
  remove(): void {
    if (this.folder !== undefined) rmSync(this.folder, { recursive: true, force: true });
  }
}
