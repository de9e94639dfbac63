import { describe, expect, it } from 'vitest';
import { delivers } from '../../src/lib/notices/notice.ts';
import { matched } from '../../src/lib/notices/matched.ts';
import { noticesOf } from '../../src/lib/notices/index.ts';
import { timesTold } from '../../src/lib/notices/times-told.ts';
import type { Delivery, Notification } from '../../src/model/notification.ts';

const AT = 1_900_000_000_000;

/** What Alertmanager notifies of alerts with these labels. */
function notified(
  labels: Record<string, string>[],
  { at = AT, status = 'firing', kind = 'slack', to = '#alerts' }: Partial<Told> = {},
): Notification {
  return {
    receivedAt: at,
    receiver: 'team',
    kind,
    to,
    status,
    groupKey: JSON.stringify(labels[0]?.['alertname']),
    groupLabels: {},
    alerts: labels.map((own) => ({ status, labels: own, annotations: {} })),
  };
}

function arrived(
  text: string,
  { at = AT, kind = 'slack', to = '#alerts' }: Partial<Told> = {},
): Delivery {
  return { receivedAt: at + 30, kind, to, text, raw: text };
}

interface Told {
  at: number;
  kind: string;
  to: string;
  status: 'firing' | 'resolved';
}

describe('names and labels that a text alone would not give back', () => {
  it.each([
    ['C++Crash', '/srv'],
    ['Disk (data) full', '/data'],
    ['DiskFull', '/mnt/my disk'],
    ['$1 [a-z]+', 'say "no"'],
    ['Höhe?', '.*'],
  ])('%s', (alertname, mountpoint) => {
    const notifications = [notified([{ alertname, mountpoint }])];
    const deliveries = [arrived(`[FIRING] ${alertname} on ${mountpoint}`)];
    expect(noticesOf({ notifications, deliveries })).toMatchObject([
      { alertname, labels: { alertname, mountpoint }, status: 'firing', delivery: deliveries[0] },
    ]);
  });

  it('a message about several alerts is a notice of each, with its own labels', () => {
    const disks = ['/a', '/b'].map((mountpoint) => ({ alertname: 'DiskFull', mountpoint }));
    const deliveries = [arrived('[FIRING:2] DiskFull: /a and /b')];
    const notices = noticesOf({ notifications: [notified(disks)], deliveries });
    expect(notices.map(({ labels, delivery }) => [labels['mountpoint'], delivery])).toEqual([
      ['/a', deliveries[0]],
      ['/b', deliveries[0]],
    ]);
  });
});

describe('which delivery belongs to which notification', () => {
  it('a name that another begins with is not taken for it', () => {
    const [one, prod] = [
      notified([{ alertname: 'DiskFull' }]),
      notified([{ alertname: 'DiskFull-Prod' }]),
    ] as const;
    const [first, second] = [arrived('DiskFull-Prod'), arrived('DiskFull')] as const;
    const found = matched([one, prod], [first, second]);
    expect(found.get(one)).toBe(second);
    expect(found.get(prod)).toBe(first);
  });

  it('of the same words the nearest in time is taken, and each once', () => {
    const disk = [{ alertname: 'DiskFull' }];
    const firing = notified(disk);
    const resolved = notified(disk, { at: AT + 5_000, status: 'resolved' });
    const late = arrived('DiskFull', { at: AT + 5_000 });
    expect(matched([firing, resolved], [late])).toEqual(new Map([[resolved, late]]));
  });

  it('the addressee decides where the same is told to two', () => {
    const disk = [{ alertname: 'DiskFull' }];
    const [a, b] = [notified(disk, { to: '#a' }), notified(disk, { to: '#b' })] as const;
    const [toB, toA] = [
      arrived('DiskFull', { to: '#b' }),
      arrived('DiskFull', { to: '#a' }),
    ] as const;
    expect(matched([a, b], [toB, toA])).toEqual(
      new Map([
        [a, toA],
        [b, toB],
      ]),
    );
  });

  it('a mail folds long lines', () => {
    const text = notified([{ alertname: 'A', path: 'a very long path' }], { kind: 'email' });
    const mail = arrived('A: a very\n long path', { kind: 'email', at: AT + 3_000 });
    expect(matched([text], [mail]).get(text)).toBe(mail);
  });

  it.each([
    ['another kind', arrived('DiskFull', { kind: 'email' })],
    ['long before', arrived('DiskFull', { at: AT - 3_000 })],
    ['long after', arrived('DiskFull', { at: AT + 11_000 })],
    ['not a word of it, and seconds later', arrived('hello', { at: AT + 2_000 })],
  ])('nothing is matched: %s', (_why, delivery) => {
    expect(matched([notified([{ alertname: 'DiskFull' }])], [delivery]).size).toBe(0);
  });
});

it('a receiver without an integration tells nobody', () => {
  const nowhere = { ...notified([{ alertname: 'A' }]), kind: null };
  expect(noticesOf({ notifications: [nowhere], deliveries: [arrived('A')] })).toEqual([]);
});

it('one of several addresses is reached', () => {
  const notifications = [notified([{ alertname: 'A' }], { kind: 'email', to: 'a@x, b@x' })];
  const deliveries = [arrived('A', { kind: 'email', to: 'a@x, b@x' })];
  const [notice] = noticesOf({ notifications, deliveries });
  if (!notice) throw new Error('no notice');
  expect(delivers(notice, { name: 'team', kind: 'email', to: 'b@x', resolved: true })).toBe(true);
  expect(delivers(notice, { name: 'team', kind: 'email', to: 'c@x', resolved: true })).toBe(false);
  expect(delivers(notice, { name: 'other', kind: 'email', to: null, resolved: true })).toBe(false);
});

it('a watchdog whose integrations repeat by clocks of their own was told at each of its deliveries', () => {
  const own = { kind: 'webhook', to: '/watchdog' };
  const others = [notified([{ alertname: 'Disk' }], { ...own, at: AT + 1_500 })];
  const facts = [0, 1_500, 2_500, 4_000].map((ms) =>
    notified([{ alertname: 'Watchdog' }], { ...own, at: AT + ms }),
  );
  const times = [0, 1_000, 2_000, 3_000, 4_000].map((ms) => AT + ms);
  const deliveries = [
    ...times.map((at) => arrived('Watchdog always fires', { ...own, at })),
    arrived('Disk is full', { ...own, at: AT + 1_500 }),
  ];
  const receivers = [{ name: 'team', kind: 'webhook' as const, to: null, resolved: false }];
  expect(
    timesTold({ notifications: [...facts, ...others], deliveries }, 'Watchdog', receivers),
  ).toEqual(times.map((at) => at + 30));
});
