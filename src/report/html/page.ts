import { worldOf } from '../side-by-side.ts';
import type { ChartData } from './dashboards/chart.ts';
import type { HtmlInput } from './input.ts';
import type { Track } from '../../model/track.ts';
import { axisOf } from './time.ts';
import type { TimeAxis } from './time.ts';

/** What each section of the page is drawn from. */
export interface Page {
  input: HtmlInput;
  axis: TimeAxis;
  /** Data of the graphs that the page's script draws, by their ids: each section adds its own. */
  charts: Record<string, ChartData>;
}

/** The same page with the plan, evidence and times of the world in which a track was done. */
export function inWorldOf(page: Page, track: Track): Page {
  const home = worldOf(page.input.worlds, track);
  return home
    ? { ...page, input: { ...page.input, ...home }, axis: axisOf(page.axis, home) }
    : page;
}
