import { once } from 'node:events';
import { createServer } from 'node:http';
import type { ServerResponse } from 'node:http';
import type { Notice } from '../../../lib/notices.ts';

/** How many notices the page remembers. */
const KEPT = 200;

/** The receivers' own page: every notice as it arrives. */
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
    if (this.seen.length > KEPT) this.seen.shift();
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
    } else if (url === '/') {
      // Everything on the page comes from this page: what was delivered is text, never code.
      response
        .writeHead(200, {
          'content-type': 'text/html; charset=utf-8',
          'content-security-policy':
            "default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'; connect-src 'self'",
        })
        .end(PAGE);
    } else response.writeHead(404).end();
  }
}

function eventOf({ receivedAt, kind, status, alertname, labels, delivery }: Notice): string {
  const { to = '', text = '' } = delivery ?? {};
  return (
    'data: ' +
    `${JSON.stringify({ receivedAt, kind, to, status, alertname, severity: labels['severity'] ?? '', text })}\n\n`
  );
}

const PAGE = `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>What people are told</title>
<style>
:root { color-scheme: light dark; font: 15px/1.5 system-ui, sans-serif }
body { max-width: 60rem; margin: 2rem auto; padding: 0 1rem }
article { border: 1px solid #8886; border-left: .4rem solid #8888; border-radius: .3rem; padding: .5rem 1rem; margin: .6rem 0 }
article.critical.firing { border-left-color: #d33 } article.warning.firing { border-left-color: #d90 } article.resolved { border-left-color: #2a4 }
h2 { font-size: 1rem; margin: 0 } pre { white-space: pre-wrap; margin: .3rem 0 0; font: inherit } small { opacity: .75 }
label { float: right }
</style></head><body>
<h1>What people are told</h1>
<p><label><input type="checkbox" id="watchdog"> show the Watchdog</label>Slack, e-mail and webhook, the newest first. <span id="state" role="status">Nothing yet.</span></p>
<main id="list" aria-live="polite"></main>
<script>
const list = document.getElementById('list'), state = document.getElementById('state'), box = document.getElementById('watchdog');
let count = 0;
const show = () => { for (const a of list.children) a.hidden = a.dataset.kind === 'webhook' && !box.checked; };
box.onchange = show;
const source = new EventSource('/events');
source.onmessage = (event) => {
  const n = JSON.parse(event.data), a = document.createElement('article'), h = document.createElement('h2'), s = document.createElement('small'), p = document.createElement('pre');
  a.className = n.status + ' ' + n.severity; a.dataset.kind = n.kind;
  h.textContent = (n.status === 'firing' ? 'Firing: ' : 'Resolved: ') + n.alertname;
  s.textContent = new Date(n.receivedAt).toLocaleTimeString() + ' · ' + n.kind + ' to ' + n.to + (n.severity ? ' · ' + n.severity : '');
  p.textContent = n.text; a.append(h, s, p); list.prepend(a);
  if (n.kind !== 'webhook') state.textContent = ++count + ' so far.';
  show();
};
source.onerror = () => { state.textContent = 'The stack is gone.'; };
</script></body></html>
`;
