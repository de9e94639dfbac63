import type { LiveAlert, LiveInstance, LiveProvocation } from '../../../../model/live.ts';
import { byId } from '../page.ts';
import { duration, element, shape } from './dom.ts';

/** What can be done from an alert's row. */
export interface Actions {
  mayChange: boolean;
  provoke: (provocation: LiveProvocation) => void;
  plot: (expr: string) => void;
}

/** A row that is on the page, and how it is brought up to date. */
interface Row {
  place: HTMLElement;
  show: (alert: LiveAlert) => void;
}

/** Instances named in a row; the rest is counted. */
const MOST = 5;
const STRIP_HEIGHT = 16;

/** A row for each alert, kept up to date in its place: nothing moves under a finger. */
export function alertRows(actions: Actions): (alerts: LiveAlert[], historyMs: number) => void {
  const list = byId('alert-rows');
  const rows = new Map<string, Row>();
  return (alerts, historyMs) => {
    for (const alert of alerts) {
      let row = rows.get(alert.id);
      if (!row) {
        row = rowOf(alert, historyMs, actions);
        rows.set(alert.id, row);
        list.append(row.place);
      }
      row.show(alert);
    }
    const known = new Set(alerts.map(({ id }) => id));
    for (const [id, { place }] of rows) if (!known.has(id)) place.remove();
  };
}

function rowOf(alert: LiveAlert, historyMs: number, actions: Actions): Row {
  const pill = element('span', { class: 'pill' });
  const facts = element('p', { class: 'facts' });
  const name = element('div', { class: 'name' }, element('h3', {}, alert.name), pill, facts);
  const strip = shape('svg', { class: 'life', width: '100%', height: String(STRIP_HEIGHT) });
  const instances = element('ul', { class: 'instances' });
  const buttons = alert.provocations.map((one) => provokeButton(one, actions));
  const tools = element('p', { class: 'tools' }, ...buttons.map(({ button }) => button));
  const { valueExpr } = alert;
  if (valueExpr !== null) tools.append(plotButton(valueExpr, actions));
  const right = element('div', {}, instances, tools);
  right.prepend(strip);
  return {
    place: element(
      'article',
      { class: 'row', id: alert.id, 'data-alert': alert.name },
      name,
      right,
    ),
    show: (now) => {
      pill.className = `pill ${now.error === null ? now.state : 'error'}`;
      pill.textContent = now.error === null ? now.state : 'not evaluated';
      facts.textContent = [now.severity, now.error].filter(Boolean).join(' · ');
      strip.replaceChildren(...stripOf(now, historyMs));
      instances.replaceChildren(...instancesOf(now.instances));
      buttons.forEach(({ show }, i) => show(now.provocations[i]));
    },
  };
}

function stripOf({ history, name }: LiveAlert, historyMs: number): SVGElement[] {
  const percent = (ms: number): string => `${((ms / historyMs) * 100).toFixed(2)}%`;
  const size = { y: '2', height: String(STRIP_HEIGHT - 4) };
  return [
    shape('rect', { class: 'quiet', x: '0', width: '100%', ...size }),
    ...history.map(({ state, fromMs, toMs }) => {
      const [x, width] = [percent(historyMs + fromMs), percent(toMs - fromMs)];
      const until = toMs > -1_000 ? 'now' : `${duration(-toMs)} ago`;
      const words = `${name} was ${state} for ${duration(toMs - fromMs)}, until ${until}`;
      return shape('rect', { class: `state ${state}`, x, width, ...size }, words);
    }),
  ];
}

function instancesOf(instances: LiveInstance[]): HTMLElement[] {
  const shown = instances.slice(0, MOST).map(({ labels, state, activeMs, value }) => {
    const own = Object.entries(labels).filter(
      ([name]) => name !== 'alertname' && name !== 'severity',
    );
    const words = own.map(([name, text]) => `${name}=${text}`).join(', ');
    return element(
      'li',
      {},
      element('span', { class: `key ${state}` }),
      ` ${words === '' ? 'one' : words}: ${state}, active for ${duration(activeMs)}, ` +
        `value ${Number(Number(value).toPrecision(4))}`,
    );
  });
  if (instances.length > MOST) shown.push(element('li', {}, `${instances.length - MOST} more`));
  return shown;
}

function provokeButton(
  first: LiveProvocation,
  { mayChange, provoke }: Actions,
): { button: HTMLElement; show: (now: LiveProvocation | undefined) => void } {
  let current = first;
  const part = first.name.split('/').slice(1).join('/');
  const button = element('button', { type: 'button' });
  button.disabled = !mayChange;
  button.addEventListener('click', () => provoke(current));
  return {
    button,
    show: (now) => {
      if (!now) return;
      current = now;
      const verb = now.active ? 'Take back' : 'Provoke';
      button.textContent = part === '' ? verb : `${verb} ${part}`;
      button.setAttribute('aria-pressed', String(now.active));
      button.title = now.active
        ? `Back to an ordinary day`
        : `Somebody is told within ${duration(now.toldWithinMs)}`;
    },
  };
}

function plotButton(expr: string, { plot }: Actions): HTMLElement {
  const button = element('button', { type: 'button', title: expr }, 'Plot');
  button.addEventListener('click', () => plot(expr));
  return button;
}
