import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { runProgram } from '../src/commands/run-program.ts';
import { maintenance } from './maintenance.ts';
import { schemaFiles } from './schemas/files.ts';

const ROOT = fileURLToPath(new URL('..', import.meta.url));

const command = maintenance(
  'schemas',
  'Writes docs/schema and docs/contract-reference.md from the schemas in the code.',
)
  .option('--check', 'write nothing; exit code 1 if a file differs from what would be written')
  .action((options: { check?: true }) => {
    process.exitCode = write(options.check ?? false);
  });
await runProgram(command);

/** Writes what differs, or says so. @returns the exit code */
function write(checkOnly: boolean): 0 | 1 {
  const changed = schemaFiles().filter(
    ({ path, text }) =>
      !existsSync(join(ROOT, path)) || readFileSync(join(ROOT, path), 'utf8') !== text,
  );
  for (const { path, text } of changed) {
    process.stdout.write(
      checkOnly ? `differs: ${path}: run \`npm run schemas\`\n` : `written: ${path}\n`,
    );
    if (checkOnly) continue;
    mkdirSync(dirname(join(ROOT, path)), { recursive: true });
    writeFileSync(join(ROOT, path), text);
  }
  return checkOnly && changed.length > 0 ? 1 : 0;
}
