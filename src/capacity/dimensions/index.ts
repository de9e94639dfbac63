import { InputError } from '../../lib/errors.ts';
import type { InputProblem } from '../../lib/errors.ts';
import type { Dimension } from '../../model/dimension.ts';
import type { Spec } from '../../model/spec.ts';
import { monitoringDimensions } from './monitoring.ts';
import { serviceDimensions } from './services.ts';

/**
 * Every dimension in which a stack's load can grow, with its limits. One more: a function beside
 * these, its driver in src/capacity-run/inside/drivers, its words in docs/commands/capacity.md.
 * @throws InputError when a limit can't be read from the rules
 */
export function dimensionsOf(spec: Spec): Dimension[] {
  const problems: InputProblem[] = [];
  const dimensions = [...serviceDimensions(spec, problems), ...monitoringDimensions(spec)];
  if (problems.length > 0) throw new InputError(uniquely(problems));
  return dimensions;
}

/** The same rule is read for several dimensions. */
function uniquely(problems: InputProblem[]): InputProblem[] {
  return problems.filter(
    (problem, i) => problems.findIndex((other) => other.message === problem.message) === i,
  );
}
