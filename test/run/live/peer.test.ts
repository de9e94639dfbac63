import { createServer } from 'node:http';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import type { Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execa } from 'execa';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { forward } from '../../../src/run/live/forward.ts';
import { userOf } from '../../../src/run/live/peer.ts';

const ENDS = {
  ...{ localAddress: '127.0.0.1', localPort: 8025 },
  ...{ remoteAddress: '127.0.0.1', remotePort: 51_000 },
};
/** As the kernel writes it: the end that took the connection is this process's, of user 0. */
const table = (state: string, inode: string): string => `  sl  local_address rem_address   st
   0: 0100007F:1F59 00000000:0000 0A 00000000:00000000 00:00000000 00000000     0        0 11 1
   1: 0100007F:1F59 0100007F:C738 01 00000000:00000000 00:00000000 00000000     0        0 12 1
   2: 0100007F:C738 0100007F:1F59 ${state} 00000000:00000000 00:00000000 00000000  1000        0 ${inode} 1
`;

describe('who is at the other end', () => {
  it('is whose socket it is', () => expect(userOf(ENDS, table('01', '13'))).toBe(1000));
  it('is nobody once it was closed, and not root, as whose such a socket is listed', () => {
    expect(userOf(ENDS, table('06', '0'))).toBeUndefined();
    expect(userOf(ENDS, table('01', '0'))).toBeUndefined();
  });
  it('is nobody where the kernel lists no such connection', () =>
    expect(userOf({ ...ENDS, remotePort: 1 }, table('01', '13'))).toBeUndefined());
});

describe('a port that leads to a stack that is up', () => {
  const dir = mkdtempSync(join(tmpdir(), 'gtv-peer-'));
  const own: Server[] = [];
  let url = '';
  const behind = createServer((_, response) => response.end('the stack'));

  beforeAll(async () => {
    behind.listen(join(dir, 'socket'));
    await once(behind, 'listening');
    url = `http://127.0.0.1:${await forward(join(dir, 'socket'), 0, own)}/`;
  });
  afterAll(() => {
    for (const server of [behind, ...own]) server.close();
    behind.closeAllConnections();
    rmSync(dir, { recursive: true });
  });

  it('answers this user', async () => {
    expect(await (await fetch(url)).text()).toBe('the stack');
  });

  // Only root can become somebody else.
  it.skipIf(process.getuid?.() !== 0)('answers no other', async () => {
    const asks = `const r = await fetch('${url}'); console.log(r.status, await r.text());`;
    const { stdout } = await execa(process.execPath, ['--input-type=module', '-e', asks], {
      uid: 65_534,
      gid: 65_534,
      cwd: '/',
    });
    expect(stdout).toMatch(/^403 only the user who started this stack is answered/);
  });
});
