import type { LoadChart } from '../capacity/chart.ts';
import { drawWhenSeen } from './charts.ts';
import { loadPlot } from './load-plot.ts';
import { startTheme } from './theme.ts';

// The page of a capacity run: everything but the graphs can be read without it.
const theme = startTheme();
const charts = drawWhenSeen<LoadChart>(loadPlot);
theme.onChange(() => charts.redraw());
addEventListener('beforeprint', () => {
  charts.drawAll();
  theme.force('light');
});
addEventListener('afterprint', () => theme.force(null));
