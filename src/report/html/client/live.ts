import type { LiveState } from '../../../model/live.ts';
import { alertRows } from './live/alerts.ts';
import { say } from './live/dom.ts';
import { startInbox } from './live/inbox.ts';
import { startQuery } from './live/query.ts';
import { ownServer } from './live/server.ts';
import { showTargets } from './live/targets.ts';
import { byId } from './page.ts';
import { startTheme } from './theme.ts';

/** How often the page looks, ms. */
const AGAIN_MS = 1_000;

// The page of a stack that is up: nothing on it is older than a second, or it says so.
const server = ownServer();
const hosts = JSON.parse(document.body.dataset['hosts'] ?? '{}') as Record<string, string>;
const theme = startTheme();
const query = startQuery(server, Number(document.body.dataset['speed']));
const rows = alertRows({
  mayChange: server.mayChange,
  provoke: ({ name, active }) => change(active ? server.takeBack(name) : server.provoke(name)),
  plot: query.ask,
});
theme.onChange(query.redraw);
byId('no-key').hidden = server.mayChange;
byId('take-back').addEventListener('click', () => change(server.takeBack()));
startInbox(hosts);
void look();

/** Looks again and again, also where nobody answered. */
async function look(): Promise<void> {
  try {
    show(await server.state());
    trouble(null);
  } catch (error) {
    trouble(error);
  }
  setTimeout(() => void look(), AGAIN_MS);
}

function show({ status, historyMs, alerts, targets }: LiveState): void {
  rows(alerts, historyMs);
  showTargets(targets);
  const count = (state: string): number => alerts.filter((alert) => alert.state === state).length;
  const down = targets.filter(({ health }) => health !== 'up').length;
  const failed = alerts.filter(({ error }) => error !== null).length;
  const parts = [
    `${count('firing')} firing`,
    `${count('pending')} pending`,
    `${count('inactive')} quiet`,
    failed > 0 && `${failed} not evaluated`,
    `${targets.length - down} of ${targets.length} targets up`,
  ];
  byId('headline').textContent = parts.filter((part) => part !== false).join(', ');
  byId('verdict-of-now').className = `summary ${down + failed > 0 ? 'inconclusive' : ''}`;
  byId('status').textContent = status;
  byId('span').textContent = `over the last ${historyMs / 1000} s`;
  const provoked = alerts.flatMap(({ provocations }) => provocations.filter((p) => p.active));
  byId('take-back').hidden = provoked.length === 0 || !server.mayChange;
}

/** What couldn't be asked; what is shown below is then of before. */
function trouble(error: unknown): void {
  const why = error instanceof Error ? error.message : String(error);
  document.body.classList.toggle('stale', error !== null);
  say(
    byId('trouble'),
    error === null ? null : `What is shown is of before: the stack doesn't answer (${why}).`,
  );
}

function change(asked: Promise<void>): void {
  void asked.then(() => undefined, trouble);
}
