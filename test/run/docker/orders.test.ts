import { PassThrough } from 'node:stream';
import { setImmediate } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { Orders } from '../../../src/run/docker/orders.ts';

const order = (id: number): Parameters<Orders['tell']>[0] => ({
  type: 'done',
  id,
  failure: null,
  result: null,
});

it('orders wait for the driver, and nobody is told of them when it was told to end', async () => {
  const [orders, stream] = [new Orders(), new PassThrough()];
  orders.tell(order(1));
  orders.open(stream);
  orders.tell(order(2));
  orders.end();
  orders.tell(order(3));
  await setImmediate();
  const told = (stream.read() as Buffer).toString().trim().split('\n');
  expect(told.map((line) => JSON.parse(line) as unknown)).toEqual([order(1), order(2)]);
});

it('a driver that dies while it is told something is no error of the harness', async () => {
  const [orders, stream] = [new Orders(), new PassThrough()];
  orders.open(stream);
  stream.destroy(new Error('EPIPE'));
  await setImmediate();
  orders.tell(order(1));
  expect(stream.destroyed).toBe(true);
});
