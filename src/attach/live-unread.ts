import type { NotJudged } from '../model/attach.ts';
import type { Stack } from '../stack/index.ts';
import type { SourceFile } from '../stack/source/source-file.ts';
import { LIVE_ALERTMANAGER, LIVE_PROMETHEUS } from './live-files.ts';

/** What a running system says of how it is made, and what can't be understood of that. */
export function liveUnread(system: Stack): NotJudged[] {
  const file = (path: string): SourceFile | undefined =>
    system.files.find((one) => one.path === path);
  const [prometheus, alertmanager] = [file(LIVE_PROMETHEUS), file(LIVE_ALERTMANAGER)];
  const read = new Set(system.dashboards.map((board) => board.file));
  return [
    ...(prometheus
      ? unread('the scrape configuration', 'Prometheus', prometheus, system.prometheus.length > 0)
      : []),
    ...(alertmanager
      ? unread('whom alerts are told', 'Alertmanager', alertmanager, isRouted(system))
      : []),
    ...system.files
      .filter((one) => one.path.startsWith('grafana/') && !read.has(one))
      .map(({ name }) => ({
        what: `dashboard ${name.replace(/\.json$/, '')}`,
        why: 'what Grafana answers is no dashboard that is understood',
        decisive: read.size === 0,
      })),
  ];
}

/** Whether the running Alertmanager's configuration was understood, and tells where alerts go. */
export function isRouted({ alertmanagers: [alertmanager], files }: Stack): boolean {
  const broken = files.some(({ path, errors }) => path === LIVE_ALERTMANAGER && errors.length > 0);
  return alertmanager?.route !== undefined && !broken;
}

function unread(what: string, of: string, file: SourceFile, isRead: boolean): NotJudged[] {
  const [error] = file.errors;
  if (!error && isRead) return [];
  const why = error
    ? `line ${file.position(error.from).line} of it can't be read: ${error.message}`
    : 'it holds nothing of what belongs there';
  return [{ what, why: `${of} gives its configuration, and ${why}`, decisive: true }];
}
