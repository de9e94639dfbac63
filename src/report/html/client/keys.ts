import type { Filter } from './filter.ts';
import { byId, focusOf } from './page.ts';
import type { Theme } from './theme.ts';

/**
 * Keys of the page: those that people know from other readers. None while somebody types, and none
 * with a modifier.
 */
export function startKeys({ filter, theme }: { filter: Filter; theme: Theme }): void {
  const help = byId('keys') as HTMLDialogElement;
  const showHelp = (): void => {
    if (!help.open) help.showModal();
  };
  byId('help').addEventListener('click', showHelp);
  const actions: Record<string, () => void> = {
    '/': filter.focusSearch,
    j: () => move(filter, 1),
    k: () => move(filter, -1),
    f: filter.toggleFailed,
    t: theme.toggle,
    '?': showHelp,
  };
  addEventListener('keydown', (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || help.open) return;
    const { target } = event;
    const typing = target instanceof HTMLInputElement;
    if (event.key === 'Escape' && typing) {
      filter.clear();
      target.blur();
      return;
    }
    const action = typing ? undefined : actions[event.key];
    if (!action) return;
    event.preventDefault();
    action();
  });
}

/**
 * To the next row or the one before: from where the keyboard stands, else from what is at the top
 * of the window.
 */
function move(filter: Filter, by: 1 | -1): void {
  const rows = filter.rows();
  const here = document.activeElement?.closest<HTMLElement>('[data-row]');
  const current = here
    ? rows.indexOf(here)
    : rows.findIndex((row) => row.getBoundingClientRect().top > 60) - (by > 0 ? 1 : 0);
  const next = rows[Math.max(0, Math.min(rows.length - 1, current + by))];
  if (!next) return;
  focusOf(next).focus({ preventScroll: true });
  next.scrollIntoView({ block: 'nearest' });
}
