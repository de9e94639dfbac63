import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { checkPages } from '../test/check/pages.ts';

// Writes docs/checks/ anew: a page for each rule, from its own texts and its test case. The examples are what the tests prove.
const dir = fileURLToPath(new URL('../docs/checks', import.meta.url));
mkdirSync(dir, { recursive: true });
const pages = checkPages();
for (const name of readdirSync(dir)) if (!pages.has(name)) rmSync(join(dir, name));
for (const [name, text] of pages) writeFileSync(join(dir, name), text);
process.stdout.write(`${pages.size} pages in docs/checks/\n`);
