import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { once } from 'node:events';
import { execa } from 'execa';
import { expect, it, onTestFinished } from 'vitest';
import { openToOthers } from '../support/listeners.ts';
import { processesBelow, socketsOf, tellsOf } from '../support/processes-below.ts';

it('a process that listens on all addresses is found among those below this one, with its words', async () => {
  const listens =
    "require('net').createServer().listen(0, '0.0.0.0', function () { console.log(this.address().port) })";
  const child = execa(process.execPath, ['-e', listens, 'its-own-word'], { reject: false });
  onTestFinished(async () => {
    child.kill();
    await child;
  });
  const port = Number(await new Promise((resolve) => child.stdout.once('data', resolve)));
  const pid = processesBelow(process.pid).find((one) => tellsOf(one).includes('its-own-word'));
  expect(pid).toBe(child.pid);
  const open = openToOthers();
  const addresses = socketsOf(pid ?? 0).flatMap((inode) => open.get(inode) ?? []);
  expect(addresses.map((address) => parseInt(address.split(':')[1] ?? '', 16))).toEqual([port]);
});

it('one that listens on loopback isn’t open to others', async () => {
  const server = createServer().listen(0, '127.0.0.1');
  onTestFinished(() => void server.close());
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const ports = [...openToOthers().values()].map((at) => parseInt(at.split(':')[1] ?? '', 16));
  expect(ports).not.toContain(port);
});
