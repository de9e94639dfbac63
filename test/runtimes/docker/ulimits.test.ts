import { expect, it } from 'vitest';
import { grantable } from '../../../src/runtimes/docker/ulimits.ts';

const LIMITS = `Limit                     Soft Limit           Hard Limit           Units
Max core file size        0                    unlimited            bytes
Max open files            1024                 20000                files
Max processes             95908                95908                processes
`;
const asked = (name: string) => [{ name, soft: 65_536, hard: 65_536 }];

it.each([
  ['nofile', 20_000],
  ['core', 65_536],
  ['nproc', 65_536],
  // What isn't in the table is left to the engine.
  ['msgqueue', 65_536],
])('%s: at most what the machine grants', (name, most) =>
  expect(grantable(asked(name), LIMITS)).toEqual([{ name, soft: most, hard: most }]),
);

it('where nothing is known, as asked for', () =>
  expect(grantable(asked('nofile'), '')).toEqual(asked('nofile')));
