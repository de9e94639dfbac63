import { drawWhenSeen } from './charts.ts';
import { startCopying } from './copy.ts';
import { startFilter } from './filter.ts';
import { startKeys } from './keys.ts';
import { plot } from './plot.ts';
import { startPrint } from './print.ts';
import { startTheme } from './theme.ts';

// The page can be read without any of this: it draws the graphs, and helps to find one's way.
const theme = startTheme();
const charts = drawWhenSeen(plot);
theme.onChange(() => charts.redraw());
const filter = startFilter();
startKeys({ filter, theme });
startPrint({ theme, charts });
startCopying();
