import { dimensionsOf } from '../../capacity/dimensions/index.ts';
import { targetDimension } from '../../capacity/dimensions/services.ts';
import { InputError, HarnessError } from '../../lib/errors.ts';
import type { InputProblem } from '../../lib/errors.ts';
import { nearest } from '../../lib/nearest.ts';
import type { Dimension } from '../../model/dimension.ts';
import type { Spec } from '../../model/spec.ts';
import { EVENTS_DIMENSIONS } from '../../technologies/offered.ts';
import type { CapacityOptions } from './options.ts';

/** What is looked at when nothing is named. */
const USUAL = ['requests', ...EVENTS_DIMENSIONS.map(({ id }) => id)];

/**
 * The dimensions that were asked for, with what was changed of them. @throws HarnessError for one
 * that nobody knows
 */
export function chosenDimensions(spec: Spec, options: CapacityOptions): Dimension[] {
  if (options.target !== undefined) {
    const other = options.dimensions.find((id) => id !== 'requests');
    if (other !== undefined)
      throw new HarnessError(
        `a target is loaded with requests, and ${other} was asked for`,
        'Leave the dimension out.',
      );
    const problems: InputProblem[] = [];
    const dimension = targetDimension(spec, problems);
    if (problems.length > 0) throw new InputError(problems);
    return [changed(dimension, options)];
  }
  const all = dimensionsOf(spec);
  const ids =
    options.dimensions.length > 0
      ? [...new Set(options.dimensions)]
      : USUAL.filter((id) => all.some((dimension) => dimension.id === id));
  if (ids.length === 0)
    throw new HarnessError(
      'the stack has no service that can be loaded',
      `Name a dimension: ${all.map(({ id }) => id).join(', ')}.`,
    );
  return ids.map((id) => {
    const dimension = all.find((d) => d.id === id);
    if (dimension && dimension.limits.length === 0)
      throw new HarnessError(
        `the stack promises nothing of ${id}: no alert is provoked by slow answers or by errors`,
        'An alert in the contract with a stimulus of the kind `request-latency` or `request-errors` gives the limit.',
      );
    if (dimension) return changed(dimension, options);
    const near = nearest(
      id,
      all.map((d) => d.id),
    );
    throw new HarnessError(
      `there is no dimension \`${id}\`${near === undefined ? '' : `; did you mean \`${near}\`?`}`,
      `There are: ${all.map((d) => d.id).join(', ')}.`,
    );
  });
}

function changed(
  dimension: Dimension,
  { warmUpMs, measuredMs, start, max }: CapacityOptions,
): Dimension {
  const most = max ?? dimension.max;
  const first = Math.min(start ?? dimension.start, most);
  return {
    ...dimension,
    start: first,
    max: most,
    warmUpMs: warmUpMs ?? dimension.warmUpMs,
    measuredMs: measuredMs ?? dimension.measuredMs,
  };
}
