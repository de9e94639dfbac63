import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { until } from '../../src/lib/wait.ts';
import type { LiveState } from '../../src/model/live.ts';
import { NO_ENGINE, newRunsDir, onlyRun, startCli } from '../support/cli.ts';

interface Told {
  kind: string;
  status: string;
  alertname: string;
}

it(
  'up keeps the stack up, provoke makes an alert happen and takes it back, down ends it',
  { timeout: 240_000 },
  async () => {
    const runsDir = newRunsDir();
    const signal = AbortSignal.timeout(200_000);
    const up = startCli(['up'], runsDir);
    const outcome = up.then((result) => result);
    let printed = '';
    up.stdout.on('data', (chunk: Buffer) => (printed += String(chunk)));
    const address = (name: string): string | undefined =>
      new RegExp(`${name} +(http://127\\.0\\.0\\.1:\\d+)`).exec(printed)?.[1];
    const site = await until(() => Promise.resolve(address('Look at it')), {
      what: 'the stack is up',
      timeoutMs: 90_000,
      signal,
    });
    expect((await fetch(`${address('Prometheus') ?? ''}/-/ready`)).status).toBe(200);
    const page = await fetch(site);
    expect(page.headers.get('content-security-policy')).toContain("default-src 'none'");
    const text = await page.text();
    expect(text).toContain('<h2 id="inbox-title">Inbox</h2>');
    expect(text).toContain('"Resolved"');
    const key = /#key=([\w-]+)/.exec(printed)?.[1] ?? '';

    const told: Told[] = [];
    void fetch(`${site}/events`, { signal })
      .then(async (response) => {
        for await (const chunk of response.body ?? [])
          told.push(
            ...Buffer.from(chunk as Uint8Array)
              .toString('utf8')
              .split('\n')
              .filter((line) => line.startsWith('data: {'))
              .flatMap((line) => {
                try {
                  return [JSON.parse(line.slice('data: '.length)) as Told];
                } catch {
                  return [];
                }
              }),
          );
      })
      .catch(() => undefined);
    const has = (status: string, kind: string) => () =>
      Promise.resolve(
        told.some(
          (n) => n.alertname === 'LowDiskSpace' && n.status === status && n.kind === kind,
        ) || undefined,
      );

    const change = (method: string, name: string, headers: Record<string, string>) =>
      fetch(`${site}/provoked/${name}`, { method, headers });
    expect((await change('PUT', 'LowDiskSpace', {})).status).toBe(403);
    const foreign = { 'x-gtv-key': key, origin: 'http://127.0.0.1:1' };
    expect((await change('PUT', 'LowDiskSpace', foreign)).status).toBe(403);
    const state = async (): Promise<LiveState> =>
      (await (await fetch(`${site}/state`)).json()) as LiveState;
    // One scrape in many may fail on a busy machine: the page shows that, and then the next.
    await expect
      .poll(async () => (await state()).targets.filter(({ health }) => health !== 'up'))
      .toEqual([]);
    const quiet = await state();
    expect(
      quiet.alerts.flatMap(({ provocations }) => provocations.filter((p) => p.active)),
    ).toEqual([]);
    expect((await startCli(['provoke', 'lowdiskspace'], runsDir)).stdout).toMatch(
      /^LowDiskSpace: provoked\. Somebody is told within \d+ s/,
    );
    // What is in force already may be provoked again; it is the page's button that is tried.
    expect((await change('PUT', 'LowDiskSpace', { 'x-gtv-key': key })).status).toBe(200);
    for (const kind of ['slack', 'email'])
      await until(has('firing', kind), { what: `${kind} is told`, timeoutMs: 40_000, signal });
    const loud = await state();
    expect(loud.alerts.find(({ name }) => name === 'LowDiskSpace')).toMatchObject({
      state: 'firing',
      provocations: [{ name: 'LowDiskSpace', active: true }],
      history: expect.arrayContaining([expect.objectContaining({ state: 'firing' })]) as unknown,
    });
    const asked = await fetch(`${site}/query?expr=rate(up[5m])&seconds=60`);
    expect(await asked.json()).toMatchObject({ query: '(rate(up[5s]) / 60)', leftOut: 0 });
    expect((await startCli(['provoke', '--stop'], runsDir)).stdout).toContain(
      'Taken back: LowDiskSpace',
    );
    for (const kind of ['slack', 'email'])
      await until(has('resolved', kind), {
        what: `${kind} is told of the end`,
        timeoutMs: 40_000,
        signal,
      });
    // An ordinary day wakes nobody, where the machine was quick enough for each scrape.
    const failed = await fetch(
      `${address('Prometheus') ?? ''}/api/v1/query?query=count_over_time((up==0)[10m:100ms])`,
    );
    const { data } = (await failed.json()) as { data: { result: unknown[] } };
    const others = told.filter(
      ({ alertname }) => !['Watchdog', 'LowDiskSpace'].includes(alertname),
    );
    expect(data.result.length > 0 ? [] : others).toEqual([]);

    const wrong = await startCli(['provoke', 'LowDiskSpce'], runsDir);
    expect([wrong.exitCode, wrong.stderr]).toEqual([
      2,
      expect.stringContaining('Did you mean LowDiskSpace?'),
    ]);
    const second = await startCli(['up'], runsDir);
    expect([second.exitCode, second.stderr]).toEqual([
      2,
      expect.stringContaining('a stack is up already'),
    ]);
    expect((await startCli(['down'], runsDir, NO_ENGINE)).stdout).toContain(
      'Ended the stack that was up',
    );
    expect((await outcome).exitCode).toBe(0);
    const none = await startCli(['provoke', 'LowDiskSpace'], runsDir);
    expect([none.exitCode, none.stderr]).toEqual([2, expect.stringContaining('no stack is up')]);
    await expect(fetch(site)).rejects.toThrow();
    expect(readFileSync(join(onlyRun(runsDir), 'logs', 'k6.log'), 'utf8')).not.toMatch(
      /level=error(?!.*interrupt)/,
    );
  },
);
