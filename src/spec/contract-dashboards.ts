import type { DashboardContract, PanelContract } from '../model/contract.ts';
import { entriesOf } from './contract-entries.ts';
import { contractShape } from './contract-schema.ts';
import type { YamlSource } from './yaml-source.ts';

/** What is promised of dashboards, panel by panel. */
export function readDashboards(source: YamlSource): DashboardContract[] {
  return entriesOf<typeof contractShape.dashboard, DashboardContract>(
    source,
    'dashboards',
    contractShape.dashboard,
    () => ({ panels: [] }),
  ).map((dashboard) => ({ ...dashboard, panels: readPanels(source, dashboard.name) }));
}

/** What a dashboard's panels promise; a panel with one query has its expression without a refId. */
function readPanels(source: YamlSource, dashboard: string): PanelContract[] {
  return source.entries(['dashboards', dashboard]).flatMap((path): PanelContract[] => {
    const panel = source.check(contractShape.panel, path);
    if (!panel) return [];
    const { shows, unproved, empty } = panel;
    if ((shows === undefined) === (unproved === undefined))
      source.say(
        path,
        `the panel has ${shows === undefined ? 'neither `shows` nor `unproved`' : 'both `shows` and `unproved`'}`,
        '`shows` with what it shows, or `unproved` with the reason why nothing can be held against it',
        true,
      );
    return [
      {
        title: String(path.at(-1)),
        unit: panel.unit,
        shows: typeof shows === 'string' ? { '*': shows } : (shows ?? {}),
        ...(unproved === undefined ? {} : { unproved }),
        ...(empty === undefined ? {} : { empty }),
        source: source.at(path, true),
      },
    ];
  });
}
