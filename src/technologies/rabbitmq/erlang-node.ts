import { createHash } from 'node:crypto';
import { connect } from 'node:net';
import type { Socket } from 'node:net';
import { HarnessError, messageOf } from '../../lib/errors.ts';
import { atom, integer, list, pid, reference, tuple } from './erlang-terms.ts';
import type { Term } from './erlang-terms.ts';

/** What is called: a function of a module, with its arguments. */
export interface Call {
  module: string;
  name: string;
  args: Term[];
}

/** A node of Erlang's that takes calls of whoever knows its cookie. */
export interface ErlangNode {
  host: string;
  /** Of its distribution, not of epmd. */
  port: number;
  cookie: string;
}

/** What this side says that it understands: what every node has to, since Erlang/OTP 26. */
const UNDERSTOOD = [2, 4, 7, 8, 9, 10, 11, 16, 17, 18, 24, 25, 34].reduce(
  (flags, bit) => flags | (1n << BigInt(bit)),
  0n,
);
const PASS_THROUGH = 112;
const VERSION = Buffer.of(131);
const REGISTERED_SEND = 6;
const WITHIN_MS = 5_000;

/**
 * Calls a function of a running node, over Erlang's own distribution protocol
 * (erlang.org/doc/apps/erts/erl_dist_protocol.html): a command-line tool of RabbitMQ's takes more
 * than a second of a core to do the same.
 * @param withinMs how long it may answer nothing
 * @throws HarnessError when the node can't be reached, refuses the cookie, or answers anything but
 * `ok`
 */
export async function callErlang(
  node: ErlangNode,
  call: Call,
  withinMs = WITHIN_MS,
): Promise<void> {
  const socket = connect(node.port, node.host);
  socket.setTimeout(withinMs, () => socket.destroy(new Error(`no answer in ${withinMs} ms`)));
  try {
    const packets = new Packets(socket);
    const me = nextName();
    await introduce(socket, packets, me, node.cookie);
    socket.write(request(me, call));
    for (;;) {
      const answer = await packets.next(4);
      // An empty one only says that the other side is still there.
      if (answer.length === 0) continue;
      if (!answer.subarray(-atom('ok').length).equals(atom('ok')))
        throw new Error(`it answered ${JSON.stringify(answer.toString('latin1'))}`);
      return;
    }
  } catch (error) {
    throw new HarnessError(
      `${call.module}:${call.name} couldn't be called at ${node.host}:${node.port}: ${messageOf(error)}`,
      'Is RabbitMQ running there, with the cookie of the run?',
      { cause: error },
    );
  } finally {
    socket.destroy();
  }
}

/** Each side says who it is and proves that it knows the cookie, without saying it. */
async function introduce(
  socket: Socket,
  packets: Packets,
  me: string,
  cookie: string,
): Promise<void> {
  const name = Buffer.from(me);
  const hello = Buffer.alloc(15);
  hello.write('N', 0);
  hello.writeBigUInt64BE(UNDERSTOOD, 1);
  hello.writeUInt32BE(CREATION, 9);
  hello.writeUInt16BE(name.length, 13);
  send(socket, Buffer.concat([hello, name]));
  const status = await packets.next(2);
  if (status.toString() !== 'sok') throw new Error(`it refused: ${status.toString()}`);
  const theirs = (await packets.next(2)).readUInt32BE(9);
  const reply = Buffer.alloc(5);
  reply.write('r', 0);
  reply.writeUInt32BE(CHALLENGE, 1);
  send(socket, Buffer.concat([reply, digest(cookie, theirs)]));
  // A node that is told a wrong cookie hangs up.
  const proof = await packets.next(2);
  if (!proof.subarray(1).equals(digest(cookie, CHALLENGE)))
    throw new Error("it doesn't know the cookie itself");
}

let calls = 0;

/**
 * Another one for each call: a node refuses who has the name of somebody of whose end it hasn't
 * heard yet (`alive`).
 */
function nextName(): string {
  calls += 1;
  return `harness${calls}@localhost`;
}

const CREATION = 1;
/** Whoever listens is the run's own: nothing has to be hidden from it. */
const CHALLENGE = 20_260_101;

function digest(cookie: string, challenge: number): Buffer {
  return createHash('md5').update(`${cookie}${challenge}`).digest();
}

function send(socket: Socket, packet: Buffer): void {
  const length = Buffer.alloc(2);
  length.writeUInt16BE(packet.length);
  socket.write(Buffer.concat([length, packet]));
}

/** A call of `rex`, the server of calls from other nodes, as `gen_server:call` makes it. */
function request(me: string, { module, name, args }: Call): Buffer {
  const self = pid(me, CREATION);
  const control = tuple(integer(REGISTERED_SEND), self, atom(''), atom('rex'));
  const called = tuple(atom('call'), atom(module), atom(name), list(...args), atom('user'));
  const message = tuple(atom('$gen_call'), tuple(self, reference(me, CREATION)), called);
  const packet = Buffer.concat([Buffer.of(PASS_THROUGH), VERSION, control, VERSION, message]);
  const length = Buffer.alloc(4);
  length.writeUInt32BE(packet.length);
  return Buffer.concat([length, packet]);
}

/** What arrives, packet by packet, each behind its length. */
class Packets {
  private got = Buffer.alloc(0);
  private readonly chunks: AsyncIterator<Buffer, undefined>;

  constructor(socket: Socket) {
    this.chunks = socket[Symbol.asyncIterator]() as AsyncIterator<Buffer, undefined>;
  }

  /** @param lengthBytes how many bytes tell the length: 2 until both are introduced, then 4 */
  async next(lengthBytes: 2 | 4): Promise<Buffer> {
    const length = (await this.take(lengthBytes)).readUIntBE(0, lengthBytes);
    return this.take(length);
  }

  private async take(bytes: number): Promise<Buffer> {
    while (this.got.length < bytes) {
      const { value, done } = await this.chunks.next();
      if (done === true) throw new Error('it hung up');
      this.got = Buffer.concat([this.got, value]);
    }
    const taken = this.got.subarray(0, bytes);
    this.got = this.got.subarray(bytes);
    return taken;
  }
}
