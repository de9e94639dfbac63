import type { Assets } from '../input.ts';
import { html, raw } from '../markup.ts';
import type { Markup } from '../markup.ts';
import { securityPolicy } from '../policy.ts';

/** A page of a program itself, e.g. Prometheus's, as it can be opened from here. */
export interface OwnPage {
  name: string;
  url: string;
  /** Where the stack calls it, `prometheus:9090`: links in messages lead there. */
  host: string;
}

export interface LivePage {
  stackName: string;
  speed: number;
  /** Of the programs that have one. */
  ownPages: OwnPage[];
  assets: Pick<Assets, 'script' | 'styles'>;
}

const PARTS = ['Alerts', 'Query', 'Targets', 'Inbox'];

/**
 * The page of a stack that is up, in the look of a run's report: what is shown in it its script
 * asks for, of the server that it came from.
 */
export function livePage({ stackName, speed, ownPages, assets }: LivePage): string {
  const hosts = Object.fromEntries(ownPages.map(({ host, url }) => [host, url]));
  const page = html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <meta name="color-scheme" content="light dark">
        <title>${stackName} is up</title>
        <link rel="icon" href="data:,">
        <style>${raw(assets.styles)}</style>
      </head>
      <body class="live" data-speed="${speed}" data-hosts="${JSON.stringify(hosts)}">
        <a class="skip" href="#main">Skip to the alerts</a>
        ${bar(ownPages)}
        <main id="main">${head(stackName, speed)}${alerts}${query(speed)}${targets}${inbox}</main>
        <script>${raw(assets.script)}</script>
      </body>
    </html>`;
  return page.text;
}

/** What a browser may let the page do: ask its own server, beside what a report may. */
export function livePolicy(assets: LivePage['assets']): string {
  return `${securityPolicy(assets)}; connect-src 'self'; frame-ancestors 'none'`;
}

function bar(ownPages: OwnPage[]): Markup {
  const parts = PARTS.map((part) => html`<a href="#${part.toLowerCase()}">${part}</a>`);
  const pages = ownPages.map(
    ({ name, url }) => html`<a href="${url}" target="_blank" rel="noreferrer">${name} ↗</a>`,
  );
  return html`<header class="bar">
    <nav aria-label="Parts of the page">${parts}${pages}</nav>
    <div class="tools"><button id="theme" type="button" title="Light or dark">Dark</button></div>
  </header>`;
}

function head(stackName: string, speed: number): Markup {
  const told = speed === 1 ? 'real time' : `1 s is ${speed} s of the stack's own time`;
  return html`<section id="verdict-of-now" class="summary" aria-labelledby="headline">
    <h1 id="headline">Looking…</h1>
    <dl class="figures">
      <div><dt>stack</dt><dd>${stackName}</dd></div>
      <div><dt>speed</dt><dd>${told}</dd></div>
      <div><dt>state</dt><dd id="status" role="status"></dd></div>
    </dl>
    <p class="warning" id="trouble" role="alert" hidden></p>
    <p class="note" id="no-key" hidden>
      Only to look at: open the address that <code>npm run up</code> printed, to make alerts happen
      from here.
    </p>
  </section>`;
}

const alerts = html`<section id="alerts" aria-labelledby="alerts-title">
  <h2 id="alerts-title">Alerts</h2>
  <ul class="legend">
    <li><span class="key pending"></span>pending</li>
    <li><span class="key firing"></span>firing</li>
    <li id="span"></li>
  </ul>
  <div class="rows" id="alert-rows"></div>
  <p class="tools">
    <button id="take-back" type="button" hidden>Take back all that is provoked</button>
  </p>
</section>`;

function query(speed: number): Markup {
  const durations =
    speed === 1
      ? ''
      : ` Durations are the stack's own: they are divided by ${speed} before Prometheus is asked.`;
  return html`<section id="query" aria-labelledby="query-title">
    <h2 id="query-title">Query</h2>
    <p class="lead">PromQL, asked of Prometheus again and again.${durations}</p>
    <form id="ask" class="tools">
      <label class="unseen" for="expr">Expression</label>
      <textarea id="expr" rows="3" spellcheck="false" autocomplete="off"
        placeholder="sum by (job) (up)"></textarea>
      <label class="unseen" for="seconds">How far back</label>
      <select id="seconds">
        <option value="60">1 minute</option>
        <option value="120" selected>2 minutes</option>
        <option value="600">10 minutes</option>
        <option value="3600">1 hour</option>
      </select>
      <button>Plot</button>
    </form>
    <p class="warning" id="refused" role="alert" hidden></p>
    <div id="plotted" class="panel" hidden>
      <code id="asked"></code>
      <div class="chart" id="chart"></div>
      <table class="legend" id="curves"></table>
    </div>
  </section>`;
}

const targets = html`<section id="targets" aria-labelledby="targets-title">
  <h2 id="targets-title">Targets</h2>
  <div class="scroll">
    <table class="metrics">
      <thead>
        <tr>
          <th scope="col">job</th>
          <th scope="col">instance</th>
          <th scope="col">health</th>
          <th scope="col">last scrape</th>
          <th scope="col">why not</th>
        </tr>
      </thead>
      <tbody id="target-rows"></tbody>
    </table>
  </div>
</section>`;

const inbox = html`<section id="inbox" aria-labelledby="inbox-title">
  <h2 id="inbox-title">Inbox</h2>
  <p class="lead">
    What people are told, as it arrives, the newest first.${' '}
    <label>
      <input id="watchdog" type="checkbox"> also what only programs are told (webhooks)
    </label>
  </p>
  <p class="nothing" id="no-notices">Nobody has been told anything yet.</p>
  <div id="notices" aria-live="polite"></div>
</section>`;
