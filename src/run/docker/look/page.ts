import type { Page } from 'playwright-core';

/**
 * Grafana's own marks for tests, in all their spellings since version 10
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
const PANELS =
  `section[data-testid^="data-testid ${HEADER}"], [data-testid^="data-testid ` +
  `${HEADER}"]:not([data-testid^="data-testid ${HEADER}item "])`;
const ERROR_BADGE = MARKED('Panel status error') + ', [aria-label="Panel header error"]';
const LOADING = MARKED('Panel loading bar');
const NO_DATA = MARKED('Panel data error message');
/** What Grafana shows in the place of a visualisation that has thrown an error. */
const THROWN = MARKED('Alert error');
/**
 * A whole panel, where the mark is on its header alone (before 10.0), and what is below the header.
 */
const WHOLE = '.panel-container';
const LEGEND = '[data-testid*="legend" i], [class*="legend" i]';
const CONTENT = '[data-testid="data-testid panel content"], .panel-content';

/**
 * What a page shows of a dashboard at one moment: titles of its panels, of those with an error
 * badge and without data, and whether any still loads.
 */
export interface Seen {
  panels: string[];
  errors: string[];
  empty: string[];
  /** Titles of those that have neither a drawing nor a word in them. */
  blank: string[];
  loading: boolean;
  /** Height of all of it, px. */
  height: number;
  /** Where its lowest panel ends, px. */
  drawnTo: number;
}

/**
 * Looks at a dashboard's page as it is now.
 * @param noValues what a panel says in the place of a value that isn't there, by its title; of the
 * others Grafana's own word is known
 */
export async function see(page: Page, noValues: Record<string, string> = {}): Promise<Seen> {
  return { ...(await readMarks(page, noValues)), ...(await measure(page)) };
}

/** How far down the page goes, and its panels, which may scroll within it. */
function measure(page: Page): Promise<Pick<Seen, 'height' | 'drawnTo'>> {
  return page.evaluate(
    ({ PANELS: panels, WHOLE: whole }) => {
      const ends = [...document.querySelectorAll(panels)].map(
        (element) => (element.closest(whole) ?? element).getBoundingClientRect().bottom,
      );
      const drawnTo = Math.ceil(Math.max(0, ...ends.map((end) => end + window.scrollY)));
      const { documentElement, body } = document;
      return {
        drawnTo,
        height: Math.max(documentElement.scrollHeight, body.scrollHeight, drawnTo),
      };
    },
    { PANELS, WHOLE },
  );
}

function readMarks(
  page: Page,
  noValues: Record<string, string>,
): Promise<Omit<Seen, 'height' | 'drawnTo'>> {
  return page.evaluate(
    ({
      noValues: own,
      LEGEND: legend,
      PANELS: panels,
      ERROR_BADGE: badge,
      THROWN: thrown,
      LOADING: bar,
      NO_DATA: message,
      HEADER: header,
      WHOLE: whole,
      CONTENT: content,
    }) => {
      const title = (element: Element): string =>
        (element.getAttribute('data-testid') ?? '')
          .replace(/^data-testid /, '')
          .slice(header.length);
      const all = [...document.querySelectorAll(panels)].filter(
        (element) => element.parentElement?.closest(panels) === null,
      );
      const panelOf = (element: Element): Element => element.closest(whole) ?? element;
      // A word beside its title, or a drawing; of the header's icons none counts where the content
      // is marked.
      const isBlank = (element: Element): boolean => {
        const inside = panelOf(element).querySelector(content) ?? panelOf(element);
        const words = (inside.textContent ?? '').replace(title(element), '').trim();
        return words === '' && inside.querySelector('canvas, svg, table, img') === null;
      };
      const titles = (of: Element[]): string[] => [...new Set(of.map(title))];
      // Its text for "no value" is drawn where its value would be, in any case of letters. In a
      // legend it is the word for one series that has none.
      const saysNoData = (element: Element): boolean => {
        const said = panelOf(element).querySelector(message);
        const words = ['no data', (own[title(element)] ?? '').trim().toLowerCase()];
        return (
          said !== null ||
          [...panelOf(element).querySelectorAll('*')].some((part) => {
            const text = part.textContent?.trim().toLowerCase() ?? '';
            const isWhole = part.childElementCount === 0 && part.closest(legend) === null;
            return isWhole && text !== '' && words.includes(text);
          })
        );
      };
      return {
        panels: titles(all),
        errors: titles(
          all.filter((element) => panelOf(element).querySelector(`${badge}, ${thrown}`) !== null),
        ),
        empty: titles(all.filter(saysNoData)),
        blank: titles(all.filter(isBlank)),
        loading: document.querySelector(bar) !== null,
      };
    },
    {
      ...{ PANELS, ERROR_BADGE, THROWN, LOADING, NO_DATA, HEADER, WHOLE, CONTENT, LEGEND },
      noValues,
    },
  );
}
