import type { InputProblem } from '../../lib/errors.ts';
import type { Dimension, Limit } from '../../model/dimension.ts';
import type { Spec } from '../../model/spec.ts';
import { EVENTS_DIMENSIONS, serviceOf } from '../../technologies/offered.ts';
import { SERVICE_NAMES } from '../../technologies/registry.ts';
import { alertLimits } from './alert-limits.ts';

/** More than one generator can send. */
const MOST_REQUESTS = 64_000;
/** Long enough for a queue that grows to show, short enough for a search of minutes. */
const TIMES = { warmUpMs: 2_000, measuredMs: 5_000 };
const TOLERANCE = 0.05;

/** Requests to all services at once, to each alone, and the events that some of them take. */
export function serviceDimensions(spec: Spec, problems: InputProblem[]): Dimension[] {
  const present = SERVICE_NAMES.filter((service) =>
    spec.contract.jobs.some((job) => serviceOf(job.component) === service),
  );
  const limitsOf = (services: string[]): Limit[] => alertLimits(spec, services, problems);
  const base = {
    unit: 'requests/s',
    start: 250,
    max: MOST_REQUESTS,
    tolerance: TOLERANCE,
    speed: 1,
    ...TIMES,
  };
  const all: Dimension[] =
    present.length === 0
      ? []
      : [
          {
            ...base,
            id: 'requests',
            title: 'requests to all services',
            limits: limitsOf(present),
            need: 'requests',
          },
        ];
  const each = present.map((service): Dimension => ({
    ...base,
    id: `requests/${service}`,
    title: `requests to ${service}`,
    limits: limitsOf([service]),
    need: null,
  }));
  const events = EVENTS_DIMENSIONS.filter(({ service }) => present.includes(service)).map(
    ({ id, title, unit, service }): Dimension => ({
      ...base,
      id,
      title,
      unit,
      limits: limitsOf([service]),
      need: id,
    }),
  );
  return [...all, ...each, ...events];
}

/** Requests to a URL that isn't the stack's: the same promises hold. */
export function targetDimension(spec: Spec, problems: InputProblem[]): Dimension {
  return {
    id: 'requests',
    title: 'requests to the target',
    unit: 'requests/s',
    start: 50,
    max: MOST_REQUESTS,
    tolerance: TOLERANCE,
    speed: 1,
    ...TIMES,
    limits: alertLimits(spec, ['target'], problems),
    need: 'requests',
  };
}
