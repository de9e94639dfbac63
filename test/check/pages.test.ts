import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { checkPages } from './pages.ts';

const DIR = fileURLToPath(new URL('../../docs/checks', import.meta.url));

it('docs/checks/ has a page for every rule, as `npm run check-docs` writes it', () => {
  const pages = checkPages();
  expect(readdirSync(DIR).sort()).toEqual([...pages.keys()].sort());
  for (const [name, text] of pages) expect(readFileSync(join(DIR, name), 'utf8'), name).toBe(text);
});
