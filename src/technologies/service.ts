const PREFIX = 'fake/';

/** The component of a service by its name: one of those in `fake-services/`. */
export function serviceComponent(service: string): string {
  return `${PREFIX}${service}`;
}
