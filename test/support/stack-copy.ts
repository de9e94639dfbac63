import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

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

export class StackCopy {
  readonly dir: string;
  constructor(dir: string) {
    this.dir = dir;
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
