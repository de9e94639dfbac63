import { Duplex } from 'node:stream';
import { createServer } from 'node:net';
import { expect, it } from 'vitest';
import { onlyFrom } from '../../src/lib/only-from.ts';

// Nothing in the tests listens beyond loopback, so who comes from elsewhere is made up here; the
// tests of the docker runtime come from elsewhere.
class Coming extends Duplex {
  readonly remoteAddress: string | undefined;

  constructor(remoteAddress: string | undefined) {
    super({ read: () => undefined, write: (_chunk, _encoding, done) => done() });
    this.remoteAddress = remoteAddress;
  }
}

it.each<[string, string | undefined, boolean]>([
  ['loopback', '127.0.0.1', true],
  ['another address of loopback', '127.3.2.1', true],
  ['loopback, as a socket of both families has it', '::ffff:127.0.0.1', true],
  ['loopback of the other family', '::1', true],
  ['somebody of the run', '172.18.0.10', true],
  ['the same, as a socket of both families has it', '::ffff:172.18.0.10', true],
  ['the machine of the engine', '172.18.0.1', false],
  ['an address that begins as one of the run', '172.18.0.100', false],
  ['an address of the other family', 'fe80::1', false],
  ['an address with 127 elsewhere', '10.127.0.1', false],
  ['who has gone already', undefined, true],
])('%s', (_who, from, isLetIn) => {
  const server = createServer();
  onlyFrom(server, ['172.18.0.10']);
  let goneWhenGreeted: boolean | undefined;
  server.on('connection', (socket) => (goneWhenGreeted = socket.destroyed));
  const coming = new Coming(from);
  server.emit('connection', coming);
  expect(coming.destroyed).toBe(!isLetIn);
  expect(goneWhenGreeted).toBe(!isLetIn);
});
