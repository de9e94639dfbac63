import { mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { dashboardFiles } from './all.ts';

// Writes stack/grafana/dashboards from the builders, or says which file isn't what they make.
const { values } = parseArgs({ options: { check: { type: 'boolean' }, help: { type: 'boolean' } } });
if (values.help) {
  process.stdout.write('Writes stack/grafana/dashboards.\n\n  --check   writes nothing; exit code 1 if a file differs from what would be written\n');
  process.exit(0);
}

const DIR = fileURLToPath(new URL('../../stack/grafana/dashboards/', import.meta.url));
const files = dashboardFiles();
mkdirSync(DIR, { recursive: true });
const present = readdirSync(DIR);
const foreign = present.filter((name) => !files.some((file) => file.name === name));
const changed = files.filter(({ name, text }) => !present.includes(name) || readFileSync(join(DIR, name), 'utf8') !== text);

if (!values.check) for (const { name, text } of changed) writeFileSync(join(DIR, name), text);
for (const { name } of changed) process.stdout.write(`${values.check ? 'differs' : 'written'}: stack/grafana/dashboards/${name}${values.check ? ': run `npm run dashboards`' : ''}\n`);
for (const name of foreign) process.stdout.write(`no builder makes it: stack/grafana/dashboards/${name}\n`);
process.exitCode = foreign.length > 0 || (values.check && changed.length > 0) ? 1 : 0;
