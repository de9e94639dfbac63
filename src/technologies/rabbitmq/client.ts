import { connect } from 'amqplib';
import type { ChannelModel, ConfirmChannel } from 'amqplib';
import { HarnessError } from '../../lib/errors.ts';
import type { Login } from '../../model/containers.ts';
import { Truth } from '../truth.ts';
import type { Actor } from '../actor.ts';
import { onceStarted } from './starting.ts';

const QUEUE = 'harness';

/**
 * A publisher and a consumer at RabbitMQ. The level is the number of messages that wait: what is
 * missing is published and confirmed, what is too much is consumed and acknowledged.
 * @param host where the broker is
 * @param job the broker's job: when it is started again, the connection is made anew
 * @param statisticsMs how often the broker counts its queues
 */
export function rabbitmqClient(
  host: string,
  job: string,
  statisticsMs: number,
  login?: Login,
): Actor {
  const truth = new Truth('rabbitmq_queue_messages', {}, 'level', 'the AMQP client');
  let now = 0;
  const set = async (level: number): Promise<void> => {
    now = level;
    const from = Date.now();
    await using broker = await connectTo(host, login);
    const { channel, refused } = broker;
    const { messageCount } = await channel.assertQueue(QUEUE, { durable: true });
    for (let i = messageCount; i < level; i++)
      channel.sendToQueue(QUEUE, Buffer.from(`{"message":${i}}`), { persistent: true });
    await Promise.race([channel.waitForConfirms(), refused]);
    if (messageCount > level) await consume(channel, messageCount - level);
    truth.changed(from, Date.now() + statisticsMs, level);
  };
  return {
    job,
    truths: [truth],
    set,
    again: () => set(now),
  };
}

/** A connection for one act: while the broker's alarms are raised, nobody is connected. */
interface Broker extends AsyncDisposable {
  channel: ConfirmChannel;
  /** Rejects when the broker has no room and takes no messages. */
  refused: Promise<never>;
}

async function connectTo(host: string, login?: Login): Promise<Broker> {
  const credentials = login ? { username: login.user, password: login.password } : {};
  const connection = await onceStarted(`RabbitMQ at ${host} takes a client`, () =>
    connect({ protocol: 'amqp', hostname: host, ...credentials }, { timeout: 5_000 }),
  );
  connection.on('error', () => undefined);
  const refused = refusal(connection);
  const channel = await connection.createConfirmChannel();
  channel.on('error', () => undefined);
  return {
    channel,
    refused,
    [Symbol.asyncDispose]: () => connection.close().catch(() => undefined),
  };
}

/**
 * A broker without room lets publishers wait until it has some: for ever, if nobody makes it
 * (rabbitmq.com/docs/alarms).
 */
function refusal(connection: ChannelModel): Promise<never> {
  const refused = new Promise<never>((_, reject) =>
    connection.on('blocked', (reason: string) =>
      reject(
        new HarnessError(
          `RabbitMQ takes no messages: ${reason}`,
          'Make room on the disk, or in the memory, that the broker has.',
        ),
      ),
    ),
  );
  refused.catch(() => undefined);
  return refused;
}

/** Takes exactly this many messages off the queue. */
async function consume(channel: ConfirmChannel, count: number): Promise<void> {
  await channel.prefetch(count);
  let seen = 0;
  await new Promise<void>((resolve, reject) => {
    channel.once('close', () =>
      reject(new Error(`the broker closed the channel after ${seen} of ${count} messages`)),
    );
    const consumer = channel.consume(
      QUEUE,
      (message) => {
        if (!message) return;
        seen++;
        // What is delivered beyond goes back to the queue with the channel's end.
        if (seen !== count) return;
        channel.ack(message, true);
        resolve();
      },
      { consumerTag: 'drain' },
    );
    consumer.catch(reject);
  });
  await channel.cancel('drain');
}
