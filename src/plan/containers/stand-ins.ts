import type { Compose, ComposeService } from '../../model/compose.ts';
import type { ContainersPlan, OriginalPlan } from '../../model/containers.ts';
import type { Plan } from '../../model/plan.ts';
import type { OriginalBeside, StandIn } from '../../technologies/packaging.ts';
import { TECHNOLOGIES } from '../../technologies/registry.ts';
import { roleOf } from './roles.ts';

/** What stands in for services of a compose file, where some of the real images are there. */
export class StandIns {
  private readonly plan: Plan;
  private readonly isHere: (image: string) => boolean;

  /** @param isHere whether the engine has the real image of this name */
  constructor(plan: Plan, isHere: (image: string) => boolean) {
    this.plan = plan;
    this.isHere = isHere;
  }

  /** What stands in for a service; undefined: nothing has to. */
  of(service: ComposeService): StandIn | undefined {
    const standIn = knownFor(service, this.plan);
    return standIn?.original.runs === 'instead' && this.isHere(service.image) ? undefined : standIn;
  }

  /**
   * How a service's real program runs beside what stands in for it; undefined where it doesn't, or
   * no metric of its job is judged.
   */
  beside(service: ComposeService): (OriginalPlan & OriginalBeside) | undefined {
    const original = knownFor(service, this.plan)?.original;
    const { job } = roleOf(service, this.plan);
    if (original?.runs !== 'beside' || job === null || !this.isHere(service.image))
      return undefined;
    const isJudged = this.plan.metrics.some(({ selected, jobs }) => selected && jobs.includes(job));
    return isJudged ? { ...original, service: `real-${service.name}`, job } : undefined;
  }

  /** What a report says of each service that something stands in for. */
  told({ services }: Compose): ContainersPlan['standIns'] {
    return services.flatMap((service) => {
      const standIn = this.of(service);
      return standIn
        ? [{ service: service.name, image: standIn.image, why: this.why(service, standIn) }]
        : [];
    });
  }

  private why(service: ComposeService, { original }: StandIn): string {
    if (original.runs === 'instead') return `${service.image} isn't here`;
    const beside = this.beside(service);
    return beside
      ? `${original.why}; ${service.image} runs beside it as ${beside.service}`
      : original.why;
  }
}

/** The images of real programs that would be used if they were there. */
export function originalImages({ services }: Compose, plan: Plan): string[] {
  return services.flatMap((service) => (hasStandIn(service, plan) ? [service.image] : []));
}

/** Whether something can stand in for a service. */
export function hasStandIn(service: ComposeService, plan: Plan): boolean {
  return knownFor(service, plan) !== undefined;
}

function knownFor(service: ComposeService, plan: Plan): StandIn | undefined {
  const { component } = roleOf(service, plan);
  return service.build
    ? undefined
    : TECHNOLOGIES.flatMap(({ standIns }) => standIns ?? []).find((s) => s.component === component);
}
