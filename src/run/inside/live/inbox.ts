import { once } from 'node:events';
import { createServer } from 'node:http';
import type { ServerResponse } from 'node:http';
import type { Notice } from '../../../lib/notices/notice.ts';
import type { LiveNotice } from '../../../model/live.ts';

/** How many notices of each alert are remembered: the Watchdog's are many. */
const KEPT = 40;

/** What people are told, as it arrives, as server-sent events for the page that shows it. */
export class Inbox implements AsyncDisposable {
  private readonly server = createServer((request, response) =>
    this.answer(request.url ?? '/', response),
  );
  private readonly readers = new Set<ServerResponse>();
  private readonly seen: Notice[] = [];

  /** Listens on port 80 of its address. */
  async start(ip: string): Promise<void> {
    this.server.listen(80, ip);
    await once(this.server, 'listening');
  }

  /** Takes a notice in and shows it to everybody who looks. */
  take(notice: Notice): void {
    this.seen.push(notice);
    const same = this.seen.filter(({ alertname }) => alertname === notice.alertname);
    const [oldest] = same;
    if (oldest && same.length > KEPT) this.seen.splice(this.seen.indexOf(oldest), 1);
    for (const reader of this.readers) reader.write(eventOf(notice));
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.server.closeAllConnections();
    this.server.close();
    await once(this.server, 'close');
  }

  private answer(url: string, response: ServerResponse): void {
    if (url === '/events') {
      response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store' });
      response.write(this.seen.map(eventOf).join(''));
      this.readers.add(response);
      response.on('close', () => this.readers.delete(response));
    } else response.writeHead(404).end();
  }
}

function eventOf({ receivedAt, kind, status, alertname, labels, delivery }: Notice): string {
  const { to = '', text = '' } = delivery ?? {};
  const severity = labels['severity'] ?? '';
  const shown: LiveNotice = { receivedAt, kind, to, status, alertname, severity, text };
  return `data: ${JSON.stringify(shown)}\n\n`;
}
