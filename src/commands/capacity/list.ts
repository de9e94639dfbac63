import { join, resolve } from 'node:path';
import { dimensionsOf } from '../../capacity/dimensions/index.ts';
import { dimensionsText } from '../../report/capacity/dimensions.ts';
import { readSpec } from '../../spec/index.ts';
import type { Output } from '../output.ts';
import { PROJECT_DIR } from '../paths.ts';
import type { CapacityOptions } from './options.ts';

/** `--list`: which dimensions there are, where each begins, and what it has to keep. */
export async function listDimensions(options: CapacityOptions, output: Output): Promise<0> {
  const spec = await readSpec(resolve(options.stack ?? join(PROJECT_DIR, 'stack')));
  output.print(dimensionsText(dimensionsOf(spec), spec.contract.capacity));
  return 0;
}
