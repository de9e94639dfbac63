import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { CheckFile } from '../../src/model/check.ts';
import type { Spec } from '../../src/model/spec.ts';
import { filesOf, specOf } from '../../src/spec/index.ts';

export const STACK = fileURLToPath(new URL('../../stack', import.meta.url));

/** A copy of GT-Vision's stack in a temporary folder, for the length of one call. */
export async function withStackCopy<T>(use: (stack: StackCopy) => Promise<T>): Promise<T> {
  const dir = mkdtempSync(join(tmpdir(), 'stack-'));
  cpSync(STACK, dir, { recursive: true });
  try {
    return await use(new StackCopy(dir));
  } finally {
    rmSync(dir, { recursive: true, force: true });
  }
}

/** The files of GT-Vision's own stack, which are parsed once. */
let own: Promise<Map<string, CheckFile>> | undefined;

export class StackCopy {
  readonly dir: string;
  constructor(dir: string) {
    this.dir = dir;
  }

  /**
   * Read as `readSpec` does.
   * @throws InputError with all problems at once
   */
  async spec(): Promise<Spec> {
    own ??= filesOf(STACK).then((files) => new Map(files.map((file) => [file.path, file])));
    const known = await own;
    const files = (await filesOf(this.dir)).map((file) => {
      const unchanged = known.get(file.path);
      return unchanged?.text === file.text && !file.unreadable ? unchanged : file;
    });
    return specOf(this.dir, files);
  }

  read(file: string): string {
    return readFileSync(join(this.dir, file), 'utf8');
  }

  write(file: string, content: string | Uint8Array): void {
    writeFileSync(join(this.dir, file), content);
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
}
