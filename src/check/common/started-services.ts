import type { Compose, Service } from '../../stack/compose/index.ts';
import type { Place } from '../../stack/source/value.ts';
import type { Say } from '../rule.ts';
import { wholeProjects } from './compose-names.ts';
import { subjectOf } from './services.ts';

/** What only one of the services of a machine can have. */
export interface Taken {
  key: string;
  place: Place;
}

/** Tells what a service takes that another of its project has taken. */
export function sayTakenTwice(
  composes: Compose[],
  takenBy: (service: Service) => Taken[],
  title: (key: string, first: Service) => string,
  say: Say,
): void {
  const told = new Set<string>();
  for (const { services } of wholeProjects(composes)) {
    const owners = new Map<string, Service>();
    for (const service of services.filter(isStarted))
      for (const { key, place } of takenBy(service)) {
        const owner = owners.get(key);
        owners.set(key, owner ?? service);
        const at = `${place.file.path}:${place.from}`;
        if (owner === undefined || owner === service || told.has(at)) continue;
        told.add(at);
        say(place, title(key, owner), { subject: subjectOf(service) });
      }
  }
}

/** Of services with profiles one is chosen at a time; what has no container takes nothing. */
function isStarted(service: Service): boolean {
  const count = service.get('scale').text() ?? service.get('deploy').get('replicas').text();
  return !service.get('profiles').exists && count !== '0';
}
