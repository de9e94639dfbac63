import type { Page } from 'playwright-core';

/**
 * Grafana's own marks for tests, in all their spellings since version 9
 * (packages/grafana-e2e-selectors, `components.ts`): newer ones are values of `data-testid` that
 * begin with those words again, older ones labels.
 */
const MARKED = (words: string): string =>
  [
    `[data-testid^="data-testid ${words}"]`,
    `[data-testid^="${words}"]`,
    `[aria-label^="${words}"]`,
  ].join(', ');
const HEADER = 'Panel header ';
/**
 * Panels, by the mark that ends in their title; parts of a panel have marks that begin with the
 * same word.
 */
const PANELS = `section[data-testid^="data-testid ${HEADER}"], [data-testid^="data-testid ${HEADER}"]:not([data-testid^="data-testid ${HEADER}item "])`;
const ERROR_BADGE = MARKED('Panel status error') + ', [aria-label="Panel header error"]';
const LOADING = MARKED('Panel loading bar');
const NO_DATA = MARKED('Panel data error message');

/**
 * What a page shows of a dashboard at one moment: titles of its panels, of those with an error
 * badge and without data, and whether any still loads.
 */
export interface Seen {
  panels: string[];
  errors: string[];
  empty: string[];
  loading: boolean;
  /** Height of all of it, px. */
  height: number;
}

/** Looks at a dashboard's page as it is now. */
export async function see(page: Page): Promise<Seen> {
  return page.evaluate(
    ({ PANELS: panels, ERROR_BADGE: badge, LOADING: bar, NO_DATA: message, HEADER: header }) => {
      const title = (element: Element): string =>
        (element.getAttribute('data-testid') ?? '')
          .replace(/^data-testid /, '')
          .slice(header.length);
      const all = [...document.querySelectorAll(panels)].filter(
        (element) => element.parentElement?.closest(panels) === null,
      );
      const titles = (of: Element[]): string[] => [...new Set(of.map(title))];
      // A figure's own text for "no value" is drawn where its value would be, in any case of
      // letters.
      const saysNoData = (element: Element): boolean => {
        const said = element.querySelector(message);
        return (
          said !== null ||
          [...element.querySelectorAll('*')].some(
            (part) =>
              part.childElementCount === 0 && /^no data$/i.test(part.textContent?.trim() ?? ''),
          )
        );
      };
      return {
        panels: titles(all),
        errors: titles(all.filter((element) => element.querySelector(badge) !== null)),
        empty: titles(all.filter(saysNoData)),
        loading: document.querySelector(bar) !== null,
        height: Math.max(document.documentElement.scrollHeight, document.body.scrollHeight),
      };
    },
    { PANELS, ERROR_BADGE, LOADING, NO_DATA, HEADER },
  );
}
