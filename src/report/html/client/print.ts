import type { Charts } from './charts.ts';
import type { Theme } from './theme.ts';

/** On paper everything is open, drawn and light; afterwards all is as it was. */
export function startPrint({ theme, charts }: { theme: Theme; charts: Charts }): void {
  let opened: HTMLDetailsElement[] = [];
  addEventListener('beforeprint', () => {
    opened = [...document.querySelectorAll<HTMLDetailsElement>('details:not([open])')];
    for (const details of opened) details.open = true;
    charts.drawAll();
    theme.force('light');
  });
  addEventListener('afterprint', () => {
    for (const details of opened) details.open = false;
    theme.force(null);
  });
}
