import type uPlot from 'uplot';
import { byId } from './page.ts';

export interface Charts {
  drawAll: () => void;
  /** Draws what is drawn again: the colours have changed. */
  redraw: () => void;
}

/** Draws each graph when it comes near the window: a page of forty opens as fast as one of four. */
export function drawWhenSeen<Chart>(plot: (place: HTMLElement, chart: Chart) => uPlot): Charts {
  const data = JSON.parse(byId('charts').textContent || '{}') as Record<string, Chart>;
  const places = [...document.querySelectorAll<HTMLElement>('[data-chart]')];
  const drawn = new Map<HTMLElement, uPlot>();
  const draw = (place: HTMLElement): void => {
    const chart = data[place.dataset['chart'] ?? ''];
    drawn.get(place)?.destroy();
    drawn.delete(place);
    // What is folded up now is drawn when it is seen again.
    if (!chart || place.clientWidth === 0) return;
    drawn.set(place, plot(place, chart));
  };
  const seen = new IntersectionObserver(
    (entries) => {
      for (const { isIntersecting, target } of entries) {
        if (isIntersecting && target instanceof HTMLElement && !drawn.has(target)) draw(target);
      }
    },
    { rootMargin: '400px' },
  );
  const sized = new ResizeObserver((entries) => {
    for (const { target } of entries) {
      const chart = target instanceof HTMLElement ? drawn.get(target) : undefined;
      if (chart && target.clientWidth > 0 && target.clientWidth !== chart.width)
        chart.setSize({ width: target.clientWidth, height: chart.height });
    }
  });
  for (const place of places) {
    seen.observe(place);
    sized.observe(place);
  }
  return {
    drawAll: () => places.filter((place) => !drawn.has(place)).forEach(draw),
    redraw: () => [...drawn.keys()].forEach(draw),
  };
}
