import { allRows, byId } from './page.ts';

export interface Filter {
  toggleFailed: () => void;
  focusSearch: () => void;
  clear: () => void;
  /** Rows that are shown now. */
  rows: () => HTMLElement[];
}

/**
 * Shows the rows that hold every word of the search and, when asked, aren't kept or belong to what
 * isn't; says how many.
 */
export function startFilter(): Filter {
  const search = byId('search') as HTMLInputElement;
  const failed = byId('failed');
  const rows = allRows().map((element) => ({
    element,
    text: (
      `${element.closest('.board')?.querySelector('h3')?.textContent ?? ''} ${element.id} ` +
      `${element.textContent}`
    ).toLowerCase(),
  }));
  const parts = [...document.querySelectorAll<HTMLElement>('main > section[id], .board')].filter(
    (part) => part.querySelector('[data-row]'),
  );
  const apply = (): void => {
    const words = search.value.toLowerCase().split(/\s+/).filter(Boolean);
    const onlyFailed = failed.getAttribute('aria-pressed') === 'true';
    const active = words.length > 0 || onlyFailed;
    let shown = 0;
    for (const { element, text } of rows) {
      const fits =
        words.every((word) => text.includes(word)) &&
        !(onlyFailed && element.dataset['outcome'] === 'pass' && !('named' in element.dataset));
      element.hidden = !fits;
      if (fits) shown++;
    }
    for (const part of parts)
      part.classList.toggle(
        'nothing-left',
        active && !part.querySelector('[data-row]:not([hidden])'),
      );
    byId('shown').textContent = active ? `${shown} of ${rows.length} shown` : '';
  };
  const toggleFailed = (): void => {
    failed.setAttribute('aria-pressed', String(failed.getAttribute('aria-pressed') !== 'true'));
    apply();
  };
  const clear = (): void => {
    search.value = '';
    apply();
  };
  search.addEventListener('input', apply);
  failed.addEventListener('click', toggleFailed);
  // A link to a finding must lead there, whatever is hidden.
  addEventListener('hashchange', () => {
    const target = document.getElementById(decodeURIComponent(location.hash.slice(1)));
    if (!target?.closest('[hidden]')) return;
    failed.setAttribute('aria-pressed', 'false');
    clear();
    target.scrollIntoView();
  });
  return {
    toggleFailed,
    clear,
    focusSearch: () => search.focus(),
    rows: () => rows.map(({ element }) => element).filter((row) => !row.hidden),
  };
}
