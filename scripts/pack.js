// @ts-check
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { execaSync } from 'execa';
import { PROJECT, compile } from './compile.js';

/**
 * Makes what a package has beside its sources: the compiled command line, and the types of its
 * files.
 */
const RELEASE = join(PROJECT, 'dist', 'release');

rmSync(RELEASE, { recursive: true, force: true });
await compile(RELEASE);
execaSync(
  process.execPath,
  [join(PROJECT, 'node_modules/typescript/bin/tsc'), '-p', 'tsconfig.types.json'],
  { cwd: PROJECT, stdio: 'inherit' },
);
