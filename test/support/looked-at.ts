import { afterAll, beforeAll, expect } from 'vitest';
import { openToOthers } from './listeners.ts';
import { processesBelow, socketsOf, tellsOf } from './processes-below.ts';

// Beside every whole run, for as long as a file of tests takes, and from outside of it: what its
// processes let in, and what everybody sees in the list of processes.
const EVERY_MS = 500;
/** What every secret of a stack of the tests has in it. */
export const CANARY = 'CANARY';

const found = new Set<string>();
let looking: NodeJS.Timeout | undefined;

function look(): void {
  const own = processesBelow(process.pid);
  for (const pid of own) if (tellsOf(pid).includes(CANARY)) found.add(`a secret: ${tellsOf(pid)}`);
  const open = openToOthers();
  if (open.size === 0) return;
  for (const pid of own)
    for (const inode of socketsOf(pid)) {
      const address = open.get(inode);
      if (address !== undefined) found.add(`open to others: ${address} of ${tellsOf(pid)}`);
    }
}

beforeAll(() => {
  looking = setInterval(look, EVERY_MS);
});
afterAll(() => {
  clearInterval(looking);
  expect([...found]).toEqual([]);
});
