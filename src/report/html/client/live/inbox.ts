import type { LiveNotice } from '../../../../model/live.ts';
import { byId } from '../page.ts';
import { element } from './dom.ts';
import { withLinks } from './links.ts';

/** Shown at most; the oldest go. */
const MOST = 200;
/** Told to programs, and not to people. */
const TO_PROGRAMS = 'webhook';

/** Shows what people are told as it arrives. */
export function startInbox(hosts: Record<string, string>): void {
  const list = byId('notices');
  const programs = byId('watchdog') as HTMLInputElement;
  const isShown = (card: HTMLElement): boolean =>
    programs.checked || card.dataset['kind'] !== TO_PROGRAMS;
  const show = (): void => {
    for (const card of list.querySelectorAll('article')) card.hidden = !isShown(card);
    byId('no-notices').hidden = list.querySelector('article:not([hidden])') !== null;
  };
  programs.addEventListener('change', show);
  const source = new EventSource('/events');
  // After a break everything that is remembered comes again.
  source.addEventListener('open', () => list.replaceChildren());
  source.addEventListener('message', ({ data }) => {
    list.prepend(card(JSON.parse(String(data)) as LiveNotice, hosts));
    while (list.children.length > MOST) list.lastElementChild?.remove();
    show();
  });
}

function card(notice: LiveNotice, hosts: Record<string, string>): HTMLElement {
  const { receivedAt, kind, to, status, alertname, severity, text } = notice;
  const word = status === 'firing' ? 'Firing' : 'Resolved';
  const name = element('a', { href: `#${alertname}` }, alertname);
  name.addEventListener('click', (event) => {
    event.preventDefault();
    document
      .querySelector(`[data-alert="${CSS.escape(alertname)}"]`)
      ?.scrollIntoView({ block: 'center' });
  });
  const facts = [new Date(receivedAt).toLocaleTimeString(), `${kind} to ${to}`, severity];
  return element(
    'article',
    { class: `notice-card ${status} ${severity}`, 'data-kind': kind },
    element('h3', {}, `${word}: `, name),
    element('p', { class: 'facts' }, facts.filter((fact) => fact !== '').join(' · ')),
    element('p', { class: 'told' }, ...withLinks(text, hosts)),
  );
}
