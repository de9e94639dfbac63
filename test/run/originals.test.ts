import { createServer } from 'node:http';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import type { Plan } from '../../src/model/plan.ts';
import { askOriginals, fillOriginals } from '../../src/run/inside/originals.ts';
import type { FilledOriginal } from '../../src/run/inside/originals.ts';

const NEVER = new AbortController().signal;
const EXPOSITION = '# TYPE a_bytes gauge\na_bytes{server="s:1"} 5\n# TYPE b untyped\nb 1\n';
const servers: Server[] = [];
afterEach(() => {
  for (const server of servers.splice(0)) {
    server.closeAllConnections();
    server.close();
  }
});

/** A program under a name of its own: what a service's name would be on a run's network. */
async function served(
  answer: (request: IncomingMessage, response: ServerResponse) => void,
): Promise<FilledOriginal> {
  const server = createServer(answer);
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/metrics`;
  return { service: 'real-storage', job: 'storage', url, truths: [], error: null };
}

describe('a real program beside its stand-in', () => {
  it('is scraped once: every sample is of its own job', async () => {
    const original = await served((_, response) => response.end(EXPOSITION));
    const [asked] = await askOriginals([original], null, NEVER);
    const instance = new URL(original.url).host;
    const job = 'real-storage';
    expect(asked).toMatchObject({
      error: null,
      metrics: [
        {
          labels: { __name__: 'a_bytes', server: 's:1', job, instance },
          samples: [[expect.any(Number), 5]],
        },
        { labels: { __name__: 'b', job, instance }, samples: [[expect.any(Number), 1]] },
      ],
      metadata: [
        { job, metric: 'a_bytes', type: 'gauge' },
        { job, metric: 'b', type: 'unknown' },
      ],
    });
  });

  it.each([
    ['asks for a login', 401, 'authentication error', /answered 401: authentication error/],
    ['answers with a page', 200, '<html>\n</html>', /2 lines are no exposition/],
  ])('that %s: why is told', async (_what, status, body, why) => {
    const original = await served((_, response) => response.writeHead(status).end(body));
    const [asked] = await askOriginals([original], null, NEVER);
    expect(asked).toMatchObject({ error: expect.stringMatching(why) as string, metrics: [] });
  });

  it('that ended by itself, or took nothing, is not asked', async () => {
    const original = await served(() => expect.unreachable());
    const ended = { whyLost: () => 'it ended by itself' };
    expect((await askOriginals([original], ended, NEVER))[0]?.error).toBe('it ended by itself');
    const unfilled = { ...original, error: 'it takes no objects' };
    expect((await askOriginals([unfilled], null, NEVER))[0]?.error).toBe('it takes no objects');
  });

  it('that nobody can log in to is asked as it is', async () => {
    const job = {
      name: 'storage',
      target: 'minio:9000',
      metricsPath: '/m',
      component: 'fake/minio',
    };
    const world = { originals: [{ service: 'real-minio', job: 'storage' }], logins: {} };
    const filled = await fillOriginals({ jobs: [job] } as Plan, world, NEVER);
    expect(filled).toEqual([
      {
        service: 'real-minio',
        job: 'storage',
        url: 'http://real-minio:9000/m',
        truths: [],
        error: null,
      },
    ]);
  });
});
