import { afterEach, describe, expect, it } from 'vitest';
import { OBSERVER } from '../../../src/model/observed.ts';
import type { Notification, Push } from '../../../src/model/notification.ts';
import { startObserver } from '../../../src/run/inside/sinks/observer.ts';

const IP = '127.0.77.1';
const opened: AsyncDisposable[] = [];
afterEach(async () => {
  for (const each of opened.splice(0)) await each[Symbol.asyncDispose]();
});

async function observer(): Promise<{
  notifications: Notification[];
  pushes: Push[];
  post: (path: string, body: unknown) => Promise<number>;
}> {
  const notifications: Notification[] = [];
  const pushes: Push[] = [];
  const integrations = [
    { path: '/notified/0', receiver: 'team', kind: 'slack', to: '#a' },
    { path: '/notified/1', receiver: 'null', kind: null, to: null },
  ];
  const take = {
    notification: (n: Notification) => void notifications.push(n),
    push: (p: Push) => void pushes.push(p),
  };
  opened.push(await startObserver({ ip: IP, from: [] }, integrations, take));
  const post = async (path: string, body: unknown): Promise<number> =>
    (
      await fetch(`http://${IP}:${OBSERVER.port}${path}`, {
        method: 'POST',
        body: JSON.stringify(body),
      })
    ).status;
  return { notifications, pushes, post };
}

describe("the harness's own webhook", () => {
  it('takes what Alertmanager sends, with names that no pattern would find', async () => {
    const { notifications, post } = await observer();
    const alerts = ['C++Crash', 'Disk (data) full'].map((alertname) => ({
      status: 'firing',
      labels: { alertname, mountpoint: '/mnt/my disk' },
      annotations: { summary: 'ä' },
      startsAt: '2030-01-01T00:00:00Z',
    }));
    const body = { status: 'firing', groupKey: 'g', groupLabels: { job: 'a' }, alerts };
    expect(await post('/notified/0', body)).toBe(200);
    expect(notifications).toMatchObject([
      {
        receiver: 'team',
        kind: 'slack',
        to: '#a',
        groupKey: 'g',
        alerts: [{ labels: alerts[0]?.labels }, { labels: alerts[1]?.labels }],
      },
    ]);
  });

  it('refuses what nobody asked for', async () => {
    const { notifications, post } = await observer();
    expect(await post('/notified/9', {})).toBe(400);
    expect(notifications).toEqual([]);
  });

  it('takes what Prometheus pushes', async () => {
    const { pushes, post } = await observer();
    const startsAt = '2030-01-01T00:00:00.123Z';
    const alert = { labels: { alertname: 'A' }, startsAt, endsAt: startsAt };
    expect(await post('/api/v2/alerts', [alert])).toBe(200);
    expect(pushes).toMatchObject([
      { alerts: [{ labels: { alertname: 'A' }, startsAt: Date.parse(startsAt) }] },
    ]);
  });
});
