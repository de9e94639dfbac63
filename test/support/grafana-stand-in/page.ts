import { ask } from './queries.ts';
import type { Dashboard, Panel } from './provisioning.ts';

/** What the page shows of a panel: its value, that it has none, or a badge. */
async function shown({ targets = [] }: Panel, toMs: number): Promise<string> {
  try {
    const all = await Promise.all(
      targets.map(({ expr, datasource }) =>
        ask(datasource?.uid ?? '', 'query', {
          query: expr.replaceAll('$__rate_interval', '1m').replace(/\$\{?\w+\}?/g, '.+'),
          time: String(toMs / 1000),
        }),
      ),
    );
    const values = all.reduce(
      (sum, { resultType, result }) => sum + (resultType === 'scalar' ? 1 : result.length),
      0,
    );
    return values > 0
      ? `<p>${values} series</p>`
      : '<div data-testid="data-testid Panel data error message">No data</div>';
  } catch (error) {
    return `<button data-testid="data-testid Panel status error" title="${escaped(String(error))}">!</button>`;
  }
}

/** A dashboard's page with the marks that Grafana has for tests, and nothing else of it. */
export async function page({ title, panels }: Dashboard, toMs: number): Promise<string> {
  const flat = panels
    .flatMap((panel) => [panel, ...(panel.panels ?? [])])
    .filter((panel) => panel.type !== 'row');
  const sections = await Promise.all(
    flat.map(
      async (panel) =>
        `<section data-testid="data-testid Panel header ${escaped(panel.title)}"><h2>${escaped(panel.title)}</h2><div data-testid="data-testid Panel header item menu"></div>${await shown(panel, toMs)}</section>`,
    ),
  );
  return `<!doctype html><title>${escaped(title)}</title><h1>${escaped(title)}</h1>${sections.join('')}`;
}

function escaped(text: string): string {
  return text.replace(/[&<>"]/g, (sign) => `&#${sign.charCodeAt(0)};`);
}
