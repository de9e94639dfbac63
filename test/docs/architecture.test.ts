import { readFileSync, readdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { expect, it } from 'vitest';

const ROOT = resolve(import.meta.dirname, '../..');
/** A row of the table of folders, from its start. */
const ROW = /^\| `src\/([\w-]+)\/` \| (\S.*) \|$/gm;

it('every folder of src is told of once, in their order, and none that is not there', () => {
  const page = readFileSync(join(ROOT, 'docs/architecture.md'), 'utf8');
  const [, section = ''] = page.split('\n## Every folder of src\n');
  const told = [...(section.split('\n## ')[0] ?? '').matchAll(ROW)].map(([, name]) => name);
  const there = readdirSync(join(ROOT, 'src'), { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => name);
  expect(told).toEqual(there.toSorted());
});
