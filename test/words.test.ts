import { readFileSync, readdirSync } from 'node:fs';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';

const SRC = fileURLToPath(new URL('../src', import.meta.url));

/** Words of the product that is watched, and of the services that it alone has. */
const WORDS = [
  /gt-?vision/i,
  /camera/i,
  /LPR|Lpr|(?<![a-z])lpr(?![a-z])/,
  /licen[cs]e.?plate/i,
  /(?<![a-z])[pP]lates?(?![a-z])/,
  /rtsp|RTSP/,
  /\bstreaming\b/i,
  /(?<![a-z])backend(?![a-z])/i,
  /['"`/]ai(?![\w-])/,
  /['"`/.]recordings\b|RECORDINGS/,
  /mediamtx/i,
  /minio/i,
];

/** Where they belong: the folder of whose they are, and the line of the registry that names it. */
const OWN: { path: RegExp; words: RegExp }[] = [
  { path: /^technologies\/gt-vision\//, words: /./ },
  { path: /^technologies\/mediamtx\//, words: /mediamtx/i },
  { path: /^technologies\/object-storage\//, words: /minio/i },
  { path: /^technologies\/registry\.ts$/, words: /gt-?vision|mediamtx/i },
  // One of many public images whose folders, default passwords and settings are known.
  { path: /^check\/rules\/compose\.ts$/, words: /minio/i },
];

/** Every place that has a word of the product where it doesn't belong: `file:line: the line`. */
function strayWords(path: string, text: string): string[] {
  const own = OWN.filter((place) => place.path.test(path));
  return text.split('\n').flatMap((line, i) => {
    const stray = WORDS.flatMap((word) => word.exec(line)?.[0] ?? []).filter(
      (word) => !own.some(({ words }) => words.test(word)),
    );
    return stray.length > 0 ? [`${path}:${i + 1}: ${line.trim()}`] : [];
  });
}

it('nothing in src knows a word of the product but its own folder', () => {
  const files = readdirSync(SRC, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));
  expect(files.length).toBeGreaterThan(500);
  expect(
    files.flatMap((file) => strayWords(relative(SRC, file), readFileSync(file, 'utf8'))),
  ).toEqual([]);
});

it.each([
  ["const SERVICES = ['backend'];", 'plan/load.ts'],
  ['  lprPerSecond: number;', 'model/plan.ts'],
  ['  lprEvents: 5,', 'model/plan.ts'],
  ["if (name === 'ai') return;", 'plan/index.ts'],
  ['requests/ai', 'plan/index.ts'],
  ['// how many cameras there are', 'technologies/redis/index.ts'],
  ['/** The mediamtx server. */', 'technologies/object-storage/index.ts'],
])('is found: %s', (line, path) => {
  expect(strayWords(path, `one line\n${line}\n`)).toEqual([`${path}:2: ${line.trim()}`]);
});

it.each([
  ["import { gtVision } from './gt-vision/index.ts';", 'technologies/registry.ts'],
  ["const template = 'plain';", 'plan/load.ts'],
  ['the recording rules of a group', 'replay/limits.ts'],
])('is no such word: %s', (line, path) => {
  expect(strayWords(path, line)).toEqual([]);
});
