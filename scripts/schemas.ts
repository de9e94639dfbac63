import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { schemaFiles } from './schemas/files.ts';

// Writes the JSON Schemas and the contract's reference, or says which of them isn't what the code says.
const { values } = parseArgs({ options: { check: { type: 'boolean' }, help: { type: 'boolean' } } });
if (values.help) {
  process.stdout.write('Writes docs/schema and docs/contract-reference.md from the schemas in the code.\n\n  --check   writes nothing; exit code 1 if a file differs from what would be written\n');
  process.exit(0);
}

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const changed = schemaFiles().filter(({ path, text }) => !existsSync(join(ROOT, path)) || readFileSync(join(ROOT, path), 'utf8') !== text);
for (const { path, text } of changed) {
  process.stdout.write(values.check ? `differs: ${path}: run \`npm run schemas\`\n` : `written: ${path}\n`);
  if (values.check) continue;
  mkdirSync(dirname(join(ROOT, path)), { recursive: true });
  writeFileSync(join(ROOT, path), text);
}
process.exitCode = values.check && changed.length > 0 ? 1 : 0;
