import type { Labels } from '../../stack/telling.ts';
import type { PromisedInstance } from './promised-instances.ts';

/**
 * Where an alert can be, seen from another: on its target, on its job's other instance, and
 * elsewhere.
 */
export function placesOf(
  source: PromisedInstance,
  target: PromisedInstance,
): { labels: Labels; where: string }[] {
  const own = source.labels;
  const { job = '', instance = '' } = { ...target.given };
  const at = (place: Labels): Labels => ({
    ...own,
    ...Object.fromEntries(Object.entries(place).filter(([label]) => label in own)),
  });
  return [
    { labels: at({ job, instance }), where: 'the same target' },
    { labels: at({ job, instance: `${instance}-beside` }), where: 'another instance of its job' },
    { labels: at({ job: `${job}-beside`, instance }), where: 'another job at the same address' },
    { labels: at({ job: `${job}-beside`, instance: `${instance}-beside` }), where: 'another job' },
  ];
}
