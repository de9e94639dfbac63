import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { runProgram } from '../src/commands/run-program.ts';
import { checkPages } from '../test/check/pages.ts';
import { maintenance } from './maintenance.ts';

// The examples on the pages are what the tests prove.
await runProgram(
  maintenance(
    'check-docs',
    'Writes docs/checks anew: a page for each rule, from its own texts and its test case.',
  ).action(() => {
    const dir = fileURLToPath(new URL('../docs/checks', import.meta.url));
    mkdirSync(dir, { recursive: true });
    const pages = checkPages();
    for (const name of readdirSync(dir)) if (!pages.has(name)) rmSync(join(dir, name));
    for (const [name, text] of pages) writeFileSync(join(dir, name), text);
    process.stdout.write(`${pages.size} pages in docs/checks/\n`);
  }),
);
