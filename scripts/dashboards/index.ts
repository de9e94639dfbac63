import { mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { runProgram } from '../../src/commands/run-program.ts';
import { maintenance } from '../maintenance.ts';
import { dashboardFiles } from './all.ts';

const DIR = fileURLToPath(new URL('../../stack/grafana/dashboards/', import.meta.url));

const command = maintenance('dashboards', 'Writes stack/grafana/dashboards from their builders.')
  .option('--check', 'write nothing; exit code 1 if a file differs from what would be written')
  .action((options: { check?: true }) => {
    process.exitCode = write(options.check ?? false);
  });
await runProgram(command);

/** Writes what differs, or says so. @returns the exit code */
function write(checkOnly: boolean): 0 | 1 {
  const files = dashboardFiles();
  mkdirSync(DIR, { recursive: true });
  const present = readdirSync(DIR);
  const foreign = present.filter((name) => !files.some((file) => file.name === name));
  const changed = files.filter(
    ({ name, text }) => !present.includes(name) || readFileSync(join(DIR, name), 'utf8') !== text,
  );
  if (!checkOnly) for (const { name, text } of changed) writeFileSync(join(DIR, name), text);
  for (const { name } of changed)
    process.stdout.write(
      `${checkOnly ? 'differs' : 'written'}: ` +
        `stack/grafana/dashboards/${name}${checkOnly ? ': run `npm run dashboards`' : ''}\n`,
    );
  for (const name of foreign)
    process.stdout.write(`no builder makes it: stack/grafana/dashboards/${name}\n`);
  return foreign.length > 0 || (checkOnly && changed.length > 0) ? 1 : 0;
}
