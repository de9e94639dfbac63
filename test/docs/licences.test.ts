import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { PROJECT } from '../support/cases.ts';

interface Locked {
  license?: string;
  dev?: boolean;
  hasInstallScript?: boolean;
}

const read = (path: string): unknown => JSON.parse(readFileSync(join(PROJECT, path), 'utf8'));
const { packages } = read('package-lock.json') as { packages: Record<string, Locked> };
const LOCKED = Object.entries(packages).filter(([path]) => path.startsWith('node_modules/'));

/** They ask to be named, and for nothing else. */
const PERMISSIVE = [
  ...['MIT', 'MIT-0', '0BSD', 'BSD-2-Clause', 'BSD-3-Clause', 'ISC', 'Apache-2.0'],
  ...['BlueOak-1.0.0', 'Python-2.0', 'Unlicense', '(MIT OR EUPL-1.1+)'],
];
/** Changes to their own files would have to be published: fine for tools that are only run. */
const FOR_TOOLS = ['MPL-2.0'];
/**
 * Older packages write theirs in another form, which a lock file doesn't take over. Two of them are
 * optional, and aren't there where nothing may be compiled.
 */
const OLD_FORM: Record<string, string> = { buildcheck: 'MIT', 'cpu-features': 'MIT', ssh2: 'MIT' };

/** The licences that an installed package names in the old form. */
function writtenInOldForm(path: string): string[] {
  const { licenses = [] } = read(join(path, 'package.json')) as { licenses?: { type: string }[] };
  return licenses.map(({ type }) => type);
}

it.each(LOCKED)('%s may be used', (path, { license, dev = false }) => {
  const name = path.slice(path.lastIndexOf('node_modules/') + 'node_modules/'.length);
  const known = license ?? OLD_FORM[name];
  expect([...PERMISSIVE, ...(dev ? FOR_TOOLS : [])], `${path}: ${known}`).toContain(known);
  if (license === undefined && existsSync(join(PROJECT, path)))
    expect(writtenInOldForm(path)).toEqual([known]);
});

it('only these would run something while they are installed, and none is let', () => {
  expect(readFileSync(join(PROJECT, '.npmrc'), 'utf8')).toMatch(/^ignore-scripts=true$/m);
  const names = LOCKED.filter(([, { hasInstallScript = false }]) => hasInstallScript);
  expect(names.map(([path]) => path.slice('node_modules/'.length)).sort()).toEqual([
    'cpu-features',
    'esbuild',
    'protobufjs',
    'ssh2',
  ]);
});

it('each that is named in package.json has its reason in the docs', () => {
  const { dependencies, devDependencies } = read('package.json') as Record<
    'dependencies' | 'devDependencies',
    Record<string, string>
  >;
  const reasons = readFileSync(join(PROJECT, 'docs/dependencies.md'), 'utf8');
  const named = [...reasons.matchAll(/^\| ([^|]+) \|/gm)].flatMap(([, cell = '']) =>
    cell.split(', '),
  );
  for (const name of Object.keys({ ...dependencies, ...devDependencies }))
    expect(
      named.some((one) => one === name || (one === '@types/*' && name.startsWith('@types/'))),
      name,
    ).toBe(true);
});
