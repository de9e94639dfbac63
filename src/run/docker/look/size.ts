/** How wide a page is, px. */
export const WIDTH = 1_600;
/** Grafana asks only for what is in view: at first a page as high as most dashboards, px. */
export const FIRST_HEIGHT = 2_400;
/** Further down nothing is looked at, px. */
export const HIGHEST = 8_000;
