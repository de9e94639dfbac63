import { describe, expect, it } from 'vitest';
import { startComponent, stopComponent } from '../../../src/run/inside/stimuli/drive.ts';

type Driven = Parameters<typeof startComponent>[1];

/** A world in which everything that is done is noted. */
function noted(): { world: Driven; done: string[] } {
  const done: string[] = [];
  const note = (what: string) => () => {
    done.push(what);
    return Promise.resolve();
  };
  const runtime = {
    stop: (job: string) => note(`runtime stops ${job}`)(),
    start: (job: string) => note(`runtime starts ${job}`)(),
  } as unknown as Driven['runtime'];
  const outages = [{ job: 'broker', stop: note('its app stops'), start: note('its app starts') }];
  const actors = {
    'queued-messages': { job: 'broker', truths: [], set: () => {}, again: note('queues again') },
    'redis-hits': { job: 'redis', truths: [], set: () => {}, again: note('keys again') },
  };
  return { world: { runtime, outages, actors }, done };
}

const { signal } = new AbortController();

describe('stopping and starting what runs behind a job', () => {
  it('is done by the runtime', async () => {
    const { world, done } = noted();
    await stopComponent('redis', world);
    await startComponent('redis', world, signal);
    expect(done).toEqual(['runtime stops redis', 'runtime starts redis', 'keys again']);
  });

  it('is done by the technology where its process goes on', async () => {
    const { world, done } = noted();
    await stopComponent('broker', world);
    await startComponent('broker', world, signal);
    expect(done).toEqual(['its app stops', 'its app starts', 'queues again']);
  });
});
