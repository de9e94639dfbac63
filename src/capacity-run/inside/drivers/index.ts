import { HarnessError } from '../../../lib/errors.ts';
import type { Dimension } from '../../../model/dimension.ts';
import { EVENTS_DIMENSIONS, SCRAPED_DIMENSIONS } from '../../../technologies/offered.ts';
import type { DriverFactory } from '../driver.ts';
import { rulesDriver } from './rules.ts';
import { servicesDriver } from './services.ts';
import { targetsDriver } from './targets.ts';
import { viewersDriver } from './viewers.ts';

/** Who applies the load of which dimension, by the part of its id before the slash. */
const DRIVERS: Record<string, DriverFactory> = {
  requests: servicesDriver,
  targets: targetsDriver,
  rules: rulesDriver,
  viewers: viewersDriver,
  ...Object.fromEntries(EVENTS_DIMENSIONS.map(({ id }) => [id, servicesDriver])),
  ...Object.fromEntries(SCRAPED_DIMENSIONS.map(({ id }) => [id, targetsDriver])),
};

/** @throws HarnessError for a dimension that nobody drives */
export function driverFor({ id }: Dimension): DriverFactory {
  const factory = DRIVERS[id.split('/')[0] ?? ''];
  if (!factory)
    throw new HarnessError(
      `nobody drives the dimension ${id}`,
      'Its driver belongs into src/capacity-run/inside/drivers.',
    );
  return factory;
}
