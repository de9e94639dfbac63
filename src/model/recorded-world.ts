import type { Evidence } from './evidence.ts';
import type { Plan } from './plan.ts';

/**
 * What was done in one world of a proof, and what was seen there. A proof has one or several, each
 * with programs, a network and a T0 of its own.
 */
export interface RecordedWorld {
  plan: Plan;
  evidence: Evidence;
  /** Whether what was done there had been spoilt by the machine in a world before; absent: no. */
  isAgain?: boolean;
}
