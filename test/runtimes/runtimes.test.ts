import { PassThrough } from 'node:stream';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { HarnessError } from '../../src/lib/errors.ts';
import { get } from '../../src/lib/http.ts';
import { WHO_KILLED } from '../../src/lib/killed.ts';
import { ProcessRuntime } from '../../src/runtimes/native/processes.ts';
import { Channel } from '../../src/runtimes/remote/channel.ts';
import type { Order, RuntimeAsk } from '../../src/runtimes/remote/protocol.ts';
import { RemoteRuntime } from '../../src/runtimes/remote/remote-runtime.ts';
import { answerTo, carryOut, deathOf } from '../../src/runtimes/remote/serve.ts';
import type { ProcessComponent, Runtime } from '../../src/runtimes/runtime.ts';
import { greeter, keepsTheContract, withRunDir } from './contract.ts';

const never = new AbortController().signal;
const addresses = { greeter: '127.0.0.1' };

function processes(
  runDir: string,
  components: ProcessComponent[],
  onCrash: (error: HarnessError) => void = (error) => expect.unreachable(error.message),
): ProcessRuntime {
  const runtime = new ProcessRuntime({ runDir, addresses, onCrash });
  runtime.learn(components);
  return runtime;
}

/** The other end of a channel that leads to a runtime. */
function channelTo(runtime: Runtime): { channel: Channel<RuntimeAsk>; tell: (o: Order) => void } {
  const input = new PassThrough();
  const tell = (order: Order): void => void input.write(`${JSON.stringify(order)}\n`);
  const channel = new Channel<RuntimeAsk>(input, (call) => {
    void answerTo(call.id, carryOut(runtime, call, never)).then(tell);
  });
  return { channel, tell };
}

describe('the contract of a runtime', () => {
  it('is kept by processes', () =>
    withRunDir(async (runDir) => {
      const kept = join(runDir, 'data', 'kept');
      const component = await greeter(kept);
      const ask = (): Promise<string> => get(component.url, 500);
      await keepsTheContract(processes(runDir, [component]), { runDir, kept, ask });
    }));

  it('is kept by somebody else whom one asks, who knows it by another name', () =>
    withRunDir(async (runDir) => {
      const kept = join(runDir, 'data', 'kept');
      const component = await greeter(kept);
      const ask = (): Promise<string> => get(component.url, 500);
      const own = processes(runDir, [{ ...component, name: 'service greeter' }]);
      const { channel } = channelTo(own);
      const remote = new RemoteRuntime(
        [{ ...component, knownAs: 'service greeter' }],
        addresses,
        channel,
      );
      // Whoever has the components stops them.
      remote.stopAll = () => own.stopAll();
      await keepsTheContract(remote, { runDir, kept, ask });
    }));
});

describe('a component that can not be had', () => {
  it('is told with its last words when it does not answer', () =>
    withRunDir(async (runDir) => {
      const mute: ProcessComponent = {
        ...(await greeter(join(runDir, 'kept'))),
        args: ['-e', 'console.log("the key is missing"); setTimeout(() => {}, 60_000)'],
        readyWithinMs: 300,
      };
      const runtime = processes(runDir, [mute]);
      await expect(runtime.start('greeter', never)).rejects.toThrow(
        /until greeter answers.*its last words: the key is missing/s,
      );
      await runtime.stopAll();
    }));

  it('is told of over a channel, with the advice', async () => {
    const error = new HarnessError('no space is left', 'Make room.');
    const refusing = { start: () => Promise.reject(error) } as unknown as Runtime;
    const { channel } = channelTo(refusing);
    await expect(channel.ask({ verb: 'start', name: 'greeter' })).rejects.toMatchObject({
      message: 'no space is left',
      advice: 'Make room.',
    });
  });

  it('that dies by itself is told to whoever made the runtime', () =>
    withRunDir(async (runDir) => {
      const died = await new Promise<HarnessError>((resolve, reject) => {
        void greeter(join(runDir, 'kept')).then(async (component) => {
          const args = [...component.args];
          args[1] += 'setTimeout(() => process.exit(7), 300)';
          const runtime = processes(runDir, [{ ...component, args }], resolve);
          await runtime.start('greeter', never);
        }, reject);
      });
      expect(died.message).toBe('greeter ended by itself (exit 7): hello');
    }));

  it('that was killed is told with who may have done it, and not with what may be missing', () =>
    withRunDir(async (runDir) => {
      const diedOf = (how: string): Promise<HarnessError> =>
        new Promise((resolve, reject) => {
          void greeter(join(runDir, 'kept')).then(async (component) => {
            const args = [
              component.args[0] ?? '',
              `${component.args[1]}setTimeout(() => ${how}, 300)`,
            ];
            await processes(runDir, [{ ...component, args }], resolve).start('greeter', never);
          }, reject);
        });
      const killed = await diedOf('process.kill(process.pid, "SIGKILL")');
      expect(killed.message).toMatch(/^greeter ended by itself \(SIGKILL\): hello/);
      // Some programs are started by a script of theirs.
      for (const { advice } of [killed, await diedOf('process.exit(137)')])
        expect(advice).toBe(`${WHO_KILLED} Its whole output is in logs/greeter.log.`);
      expect((await diedOf('process.exit(1)')).advice).toContain('missing');
    }));

  it('that died before anybody listened is told to who listens then', async () => {
    const { channel, tell } = channelTo({} as Runtime);
    tell({ type: 'crash', message: 'redis is gone', advice: 'Look.' });
    await new Promise((resolve) => setImmediate(resolve));
    const heard = await new Promise<HarnessError>((resolve) => channel.onCrash(resolve));
    expect(heard.message).toBe('redis is gone');
  });

  it('that died, and without which the rest goes on, ends nothing: why is kept', async () => {
    const { channel, tell } = channelTo({} as Runtime);
    channel.onCrash((error) => expect.unreachable(error.message));
    const ended = new HarnessError('grafana ended by itself (exit 1)', '');
    tell(deathOf('grafana', ended, false));
    tell(deathOf('grafana', new HarnessError('not healthy', ''), false));
    await new Promise((resolve) => setImmediate(resolve));
    expect(channel.whyLost('grafana')).toBe('grafana ended by itself (exit 1)');
    expect(channel.whyLost('redis')).toBeUndefined();
    expect(deathOf('redis', ended, true)).toMatchObject({ type: 'crash', message: ended.message });
  });

  it('is not waited for by somebody who was told to end', async () => {
    const end = new AbortController();
    const never = { start: () => new Promise(() => undefined) } as unknown as Runtime;
    const asked = channelTo(never).channel.ask({ verb: 'start', name: 'x' }, end.signal);
    end.abort(new Error('the run has ended'));
    await expect(asked).rejects.toThrow('the run has ended');
  });
});
