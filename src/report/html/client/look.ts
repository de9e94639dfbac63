import type uPlot from 'uplot';

/** A graph's height, px. */
export const HEIGHT = 190;
/** Curves have this many colours in the style sheet. */
export const COLORS = 8;

/** A colour of the page's present theme, by its name in the style sheet. */
export type Color = (name: string) => string;

/**
 * The colours of the page's present theme; one that the style sheet doesn't have is an empty text.
 */
export function pageColors(): Color {
  const style = getComputedStyle(document.documentElement);
  return (name) => style.getPropertyValue(`--${name}`).trim();
}

/** What all axes have in common. */
export function axisIn(color: Color): uPlot.Axis {
  return {
    stroke: color('quiet'),
    grid: { stroke: color('line'), width: 1 },
    ticks: { stroke: color('line'), width: 1, size: 4 },
    font: '11px system-ui, sans-serif',
  };
}

/** A box for what stands under the pointer; the graph takes it in at its beginning. */
export function readoutBox(): HTMLElement {
  const box = document.createElement('div');
  box.className = 'readout';
  box.hidden = true;
  return box;
}

/**
 * Shows in the box what stands under the pointer, on the side where it hides nothing.
 * @param textAt what to say of the point with this index; shown as text, never as HTML
 */
export function showUnderPointer(
  u: uPlot,
  box: HTMLElement,
  textAt: (index: number) => string,
): void {
  const { idx, left } = u.cursor;
  box.hidden = true;
  if (idx === null || idx === undefined || left === undefined || left < 0) return;
  box.hidden = false;
  box.textContent = textAt(idx);
  box.classList.toggle('left', left > u.over.clientWidth / 2);
}
