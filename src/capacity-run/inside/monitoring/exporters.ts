import { createServer } from 'node:http';
import type { IncomingMessage } from 'node:http';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { CONTROL_PORT, EXPORTERS_PORT } from './exporters-protocol.ts';
import type { Exporter, ExportersAccount, ExportersLoad } from './exporters-protocol.ts';
import { Exposition } from './exposition.ts';
import { jobText } from './job-text.ts';
import { Scrapes } from './scrapes.ts';
import { thingsText } from './things-text.ts';

// A program: everything that Prometheus scrapes in a capacity run of the monitoring itself. The
// texts are made in advance; who is who is told by the address that was asked.

/** What a small exporter tells of. */
const EVENTS = 'node_events_total';
const CONTENT_TYPE = 'text/plain; version=0.0.4; charset=utf-8';
let texts: Exposition[] = [];
let byAddress = new Map<string, number>();
let scrapes = new Scrapes(0);
const lag = monitorEventLoopDelay({ resolution: 5 });
lag.enable();

/** The n-th address of loopback that isn't used by anything else. */
const addressOf = (n: number): string =>
  `127.${2 + Math.floor(n / 65_000)}.${Math.floor((n % 65_000) / 250)}.${1 + (n % 250)}`;

function make(load: ExportersLoad): Exporter[] {
  const made = expositions(load);
  texts = made.map(({ text }) => text);
  scrapes = new Scrapes(texts.length);
  byAddress = new Map(made.map((_, n) => [addressOf(n), n]));
  return made.map(({ text, job }, n) => ({
    address: `${addressOf(n)}:${EXPORTERS_PORT}`,
    job,
    series: text.series,
  }));
}

function expositions(load: ExportersLoad): { text: Exposition; job: string | null }[] {
  switch (load.kind) {
    case 'things': {
      const until = (n: number): number => Math.round((n * load.count) / load.targets);
      return Array.from({ length: load.targets }, (_, n) => ({
        text: thingsText(load.things, until(n), until(n + 1) - until(n)),
        job: null,
      }));
    }
    case 'targets': {
      // The address tells them apart: one text is enough.
      const text = new Exposition();
      text.metric(EVENTS, 'counter');
      for (let n = 0; n < load.seriesPerTarget; n++)
        text.add(EVENTS, `kind="kind-${n}"`, 'counter');
      return Array.from({ length: load.targets }, () => ({ text, job: null }));
    }
    case 'jobs':
      return load.jobs.map((job) => ({ text: jobText(job, load.metrics), job }));
  }
}

createServer((request, response) => {
  const target = byAddress.get(request.socket.localAddress ?? '');
  const text = target === undefined ? undefined : texts[target];
  if (target === undefined || !text) return void response.writeHead(404).end();
  scrapes.add(target, Date.now());
  const body = text.next();
  response
    .writeHead(200, { 'content-type': CONTENT_TYPE, 'content-length': body.length })
    .end(body);
}).listen({ host: '0.0.0.0', port: EXPORTERS_PORT, backlog: 4_096 });

createServer((request, response) => {
  void answer(request).then(
    (value) => response.end(JSON.stringify(value)),
    (error: unknown) => response.writeHead(500).end(String(error)),
  );
}).listen(CONTROL_PORT, '127.0.0.1', () => process.stdout.write('exporters listen\n'));

async function answer(request: IncomingMessage): Promise<unknown> {
  const url = new URL(request.url ?? '/', 'http://control');
  const number = (name: string): number => Number(url.searchParams.get(name));
  switch (url.pathname) {
    case '/load':
      return make(JSON.parse(await textOf(request)) as ExportersLoad);
    case '/account':
      return account(number('from'), number('to'));
    case '/quiet':
      return scrapes.quiet(number('from'), number('within'), number('interval'));
    default:
      return 'ready';
  }
}

function account(fromMs: number, toMs: number): ExportersAccount {
  let [count, samples] = [0, 0];
  scrapes.within(fromMs, toMs, (target) => {
    count++;
    samples += texts[target]?.series ?? 0;
  });
  const p99 = lag.percentile(99) / 1e9;
  lag.reset();
  return {
    scrapes: count,
    samples,
    scrapedTargets: scrapes.scrapedTargets,
    eventLoopLagP99Seconds: p99,
  };
}

async function textOf(request: IncomingMessage): Promise<string> {
  let text = '';
  for await (const chunk of request.setEncoding('utf8')) text += chunk as string;
  return text;
}
