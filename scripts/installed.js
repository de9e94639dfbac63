#!/usr/bin/env node
// @ts-check
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/**
 * The command of the installed package. A package that was made by `npm pack` has the command line
 * compiled; npm makes one of a repository's address (a git dependency, a hook of pre-commit)
 * without that: then it is compiled when it is first started, as in a checkout.
 */
const packed = new URL('../dist/release/src.cli.js', import.meta.url);

await import(existsSync(fileURLToPath(packed)) ? packed.href : './gtv.js');
