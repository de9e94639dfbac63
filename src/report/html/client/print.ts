import type { Charts } from './charts.ts';
import type { Theme } from './theme.ts';

/**
 * On paper all is drawn and light, and what isn't kept is open, as is whatever the reader has
 * opened: a run that passed would else be sixty pages. Afterwards all is as it was.
 */
export function startPrint({ theme, charts }: { theme: Theme; charts: Charts }): void {
  let opened: HTMLDetailsElement[] = [];
  addEventListener('beforeprint', () => {
    opened = [...document.querySelectorAll<HTMLDetailsElement>('details:not([open])')].filter(
      (details) => details.closest<HTMLElement>('[data-row]')?.dataset['outcome'] !== 'pass',
    );
    for (const details of opened) details.open = true;
    charts.drawAll();
    theme.force('light');
  });
  addEventListener('afterprint', () => {
    for (const details of opened) details.open = false;
    theme.force(null);
  });
}
