import { HarnessError } from '../../../lib/errors.ts';
import type { Dimension } from '../../../model/capacity.ts';
import type { DriverFactory } from '../driver.ts';
import { camerasDriver } from './cameras.ts';
import { rulesDriver } from './rules.ts';
import { servicesDriver } from './services.ts';
import { viewersDriver } from './viewers.ts';

/** Who applies the load of which dimension, by the part of its id before the slash. */
const DRIVERS: Record<string, DriverFactory> = {
  requests: servicesDriver,
  'lpr-events': servicesDriver,
  cameras: camerasDriver,
  targets: camerasDriver,
  rules: rulesDriver,
  viewers: viewersDriver,
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
