import { describe, expect, it } from 'vitest';
import { buildAi } from '../../fake-services/ai.ts';
import { buildBackend } from '../../fake-services/backend.ts';
import { buildMediamtx } from '../../fake-services/mediamtx.ts';
import { buildMinio } from '../../fake-services/minio.ts';
import { buildStreaming } from '../../fake-services/streaming.ts';

const lines = (text: string, name: string): string[] =>
  text
    .split('\n')
    .filter((l) => l.startsWith(name))
    .sort();

describe('every service of ours', () => {
  it('counts by route template, method and status, and never its own scrape', async () => {
    const app = buildBackend();
    for (const id of ['1', '2', '3']) await app.inject(`/api/cameras/${id}`);
    await app.inject({ url: '/api/users/7', headers: { 'x-provoke-status': '503' } });
    await app.inject('/metrics');
    const { body } = await app.inject('/metrics');
    expect(lines(body, 'http_requests_total')).toEqual([
      'http_requests_total{method="GET",endpoint="/api/cameras/:id",status="200"} 3',
      'http_requests_total{method="GET",endpoint="/api/users/:id",status="503"} 1',
    ]);
  });

  it('measures the delay that was asked for', async () => {
    const app = buildAi();
    await app.inject({ url: '/api/models/1', headers: { 'x-provoke-delay-ms': '120' } });
    const { body } = await app.inject('/metrics');
    expect(body).toContain(
      'http_request_duration_seconds_bucket{le="0.1",method="GET",endpoint="/api/models/:id"} 0',
    );
    expect(body).toContain(
      'http_request_duration_seconds_bucket{le="0.25",method="GET",endpoint="/api/models/:id"} 1',
    );
  });

  it.each(['700', '2x', '-1', '1.5'])('refuses to provoke status %s', async (status) => {
    const answer = await buildAi().inject({
      url: '/api/models/1',
      headers: { 'x-provoke-status': status },
    });
    expect(answer.statusCode).toBe(400);
  });

  it('keeps the number of series bounded whatever is asked', async () => {
    const app = buildBackend();
    for (let i = 0; i < 500; i++) {
      await app.inject(`/api/cameras/${i * 7919}`);
      await app.inject(`/scan/${i}.php`);
    }
    const { body } = await app.inject('/metrics');
    expect(lines(body, 'http_requests_total').length).toBeLessThanOrEqual(3);
  });
});

describe('business metrics are at their owner alone', () => {
  const owners: [string, () => { inject: (url: string) => Promise<{ body: string }> }, string[]][] =
    [
      [
        'backend',
        () => buildBackend(),
        ['gtvision_cameras_offline', 'gtvision_cameras_online', 'gtvision_cameras_total'],
      ],
      [
        'streaming',
        () => buildStreaming(),
        [
          'gtvision_active_streams',
          'gtvision_recording_errors_total',
          'gtvision_recordings_active',
        ],
      ],
      ['ai', () => buildAi(), ['gtvision_lpr_events_total']],
    ];
  it.each(owners)('%s', async (_name, build, expected) => {
    const { body } = await build().inject('/metrics');
    expect(
      [
        ...new Set(
          body
            .split('\n')
            .map((l) => /^(gtvision_\w+)/.exec(l)?.[1])
            .filter(Boolean),
        ),
      ].sort(),
    ).toEqual(expected);
  });
});

it('a camera goes offline and comes back', async () => {
  const app = buildBackend(10);
  const put = (id: string, online: unknown): Promise<{ statusCode: number }> =>
    app.inject({ method: 'PUT', url: `/api/cameras/${id}/state`, payload: { online } });
  await put('3', false);
  await put('3', false);
  await put('4', false);
  expect((await app.inject('/api/cameras')).json()).toEqual({ total: 10, online: 8, offline: 2 });
  expect((await app.inject('/api/cameras?state=offline')).json()).toEqual({
    total: 10,
    online: 8,
    offline: 2,
    cameras: [
      { id: '3', state: 'offline' },
      { id: '4', state: 'offline' },
    ],
  });
  expect((await app.inject('/api/cameras?state=lost')).statusCode).toBe(400);
  await put('3', true);
  expect((await app.inject('/metrics')).body).toContain('gtvision_cameras_offline 1\n');
  expect((await put('3', 'yes')).statusCode).toBe(400);
  expect((await put('99', true)).statusCode).toBe(404);
});

it('streams, recordings and their failures', async () => {
  const app = buildStreaming(1);
  const { id } = (await app.inject({ method: 'POST', url: '/api/streams' })).json<{ id: string }>();
  expect((await app.inject('/api/streams')).json<{ active: number }>().active).toBe(2);
  expect((await app.inject({ method: 'DELETE', url: `/api/streams/${id}` })).statusCode).toBe(204);
  await app.inject({ method: 'POST', url: '/api/recordings/cam-7/failures' });
  expect(
    (await app.inject({ method: 'POST', url: '/api/recordings/%20/failures' })).statusCode,
  ).toBe(400);
  const { body } = await app.inject('/metrics');
  expect(body).toContain('gtvision_active_streams 1\n');
  expect(body).toContain('gtvision_recording_errors_total 1\n');
});

it('the stand-ins answer with a content type and their names', async () => {
  const media = await buildMediamtx().inject('/metrics');
  expect(media.headers['content-type']).toMatch(/^text\/plain/);
  expect(media.body).toContain('paths{name="cam-1",state="ready"} 1');
  const minio = buildMinio();
  const used = async (): Promise<string | undefined> =>
    /minio_cluster_usage_total_bytes\{server="127.0.0.1:9000"\} (\d+)\n/.exec(
      (await minio.inject('/minio/v2/metrics/cluster')).body,
    )?.[1];
  for (const name of ['a', 'b'])
    await minio.inject({
      method: 'PUT',
      url: `/recordings/${name}`,
      headers: { 'content-type': 'application/octet-stream' },
      payload: Buffer.alloc(500),
    });
  expect(await used()).toBe('1000');
  // The same object again takes up no more.
  await minio.inject({ method: 'PUT', url: '/recordings/a', payload: Buffer.alloc(300) });
  expect(await used()).toBe('800');
  expect((await minio.inject('/recordings')).json()).toEqual({ objects: ['a', 'b'] });
  await minio.inject({ method: 'DELETE', url: '/recordings/b' });
  expect(await used()).toBe('300');
  expect(
    (
      await buildMinio(100).inject({
        method: 'PUT',
        url: '/recordings/large',
        payload: Buffer.alloc(101),
      })
    ).statusCode,
  ).toBeGreaterThan(399);
});
