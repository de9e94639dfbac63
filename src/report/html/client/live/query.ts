import type uPlot from 'uplot';
import type { LiveCurves } from '../../../../model/live.ts';
import { COLORS } from '../look.ts';
import { byId } from '../page.ts';
import { plot } from '../plot.ts';
import { element, say } from './dom.ts';
import type { Server } from './server.ts';

const AGAIN_MS = 2_000;

export interface QueryBox {
  /** Puts an expression into the box, and plots it. */
  ask: (expr: string) => void;
  /** Draws what is drawn again: colours or width have changed. */
  redraw: () => void;
}

/**
 * The box for a query, and its plot, which goes on with the time.
 * @param speed the stack's own seconds in one second of the run
 */
export function startQuery(server: Server, speed: number): QueryBox {
  const expr = byId('expr') as HTMLTextAreaElement;
  const seconds = byId('seconds') as HTMLSelectElement;
  let asked = '';
  let last: LiveCurves | null = null;
  let drawn: uPlot | null = null;
  const draw = (): void => {
    drawn?.destroy();
    drawn = last === null ? null : drawCurves(last, speed);
  };
  const look = async (): Promise<void> => {
    if (asked === '' || document.hidden) return;
    const before = asked;
    try {
      const curves = await server.curves(asked, seconds.value);
      if (before !== asked) return;
      last = curves;
      say(byId('refused'), null);
    } catch (error) {
      if (before !== asked) return;
      last = null;
      say(byId('refused'), error instanceof Error ? error.message : String(error));
    }
    byId('plotted').hidden = last === null;
    draw();
  };
  const submit = (): void => {
    asked = expr.value.trim();
    void look();
  };
  byId('ask').addEventListener('submit', (event) => {
    event.preventDefault();
    submit();
  });
  seconds.addEventListener('change', submit);
  expr.addEventListener('keydown', (event) => {
    if (event.key !== 'Enter' || event.shiftKey) return;
    event.preventDefault();
    submit();
  });
  setInterval(() => void look(), AGAIN_MS);
  addEventListener('resize', draw);
  return {
    redraw: draw,
    ask: (text) => {
      expr.value = text;
      submit();
      byId('query').scrollIntoView();
    },
  };
}

function drawCurves({ query, times, curves, leftOut }: LiveCurves, speed: number): uPlot {
  byId('asked').textContent = query;
  const lines = curves.map(({ name, values }, i) => {
    const key = element('span', { class: `key c${i % COLORS}` });
    const latest = values.findLast((value) => value !== null);
    const value = latest === undefined ? 'no value' : String(Number((latest ?? 0).toPrecision(5)));
    return element(
      'tr',
      {},
      element('th', { scope: 'row' }, key, element('code', {}, name)),
      element('td', {}, value),
    );
  });
  if (curves.length === 0) lines.push(element('tr', {}, element('td', {}, 'No series matches.')));
  if (leftOut > 0) lines.push(element('tr', {}, element('td', {}, `${leftOut} more series`)));
  byId('curves').replaceChildren(...lines);
  return plot(byId('chart'), {
    ...{ unit: 'short', decimals: null, min: null, max: null, limits: [], bands: [], speed },
    ...{ start: times[0] ?? 0, end: 0, times },
    curves: curves.map(({ name, values }) => ({ name, values, low: null, high: null })),
  });
}
