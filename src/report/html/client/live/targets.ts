import type { LiveTarget } from '../../../../model/live.ts';
import { byId } from '../page.ts';
import { duration, element } from './dom.ts';

/** What is scraped, those that are down first. */
export function showTargets(targets: LiveTarget[]): void {
  const rank = ({ health }: LiveTarget): number => (health === 'up' ? 1 : 0);
  const rows = [...targets]
    .sort((a, b) => rank(a) - rank(b) || a.job.localeCompare(b.job))
    .map(({ job, instance, health, scrapedMs, lastError }) =>
      element(
        'tr',
        { class: health === 'up' ? '' : 'fail' },
        element('th', { scope: 'row' }, job),
        element('td', {}, instance),
        element('td', {}, health),
        element('td', {}, scrapedMs === null ? 'never' : `${duration(scrapedMs)} ago`),
        element('td', {}, lastError),
      ),
    );
  byId('target-rows').replaceChildren(...rows);
}
