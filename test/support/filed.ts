import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

/** The files of a folder, however deep, that hold a text, packed ones as they lie. */
export function filesWith(text: string, dir: string): string[] {
  return readdirSync(dir, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((file) => readFileSync(file).includes(text));
}
