import type { Compose, Service } from '../../stack/compose/index.ts';

/**
 * The services of all projects; one that several files lay over each other is there once for each.
 */
export const servicesOf = (composes: Compose[]): Service[] =>
  composes.flatMap((one) => one.services);

/** What its findings are about, for people. */
export const subjectOf = (service: Service): string => `service ${service.name}`;
