import type { Engine } from '../../container-engine/engine.ts';
import type { ContainersPlan } from '../../model/containers.ts';
import type { Plan } from '../../model/plan.ts';
import type { Surroundings } from '../../runtimes/docker/container.ts';
import type { ContainerRuntime } from '../../runtimes/docker/containers.ts';
import type { RunEvent } from '../events.ts';
import type { RunSecrets } from './secrets.ts';

export interface ContainerRunOptions {
  runId: string;
  /** Absolute path; made if missing. Everything the run writes is in here. */
  runDir: string;
  engine: Engine;
  /** The k6 program, for the engine's architecture. */
  k6: Buffer;
  versions: Record<string, string>;
  /** The browser that opens Grafana's dashboards; null: nobody looks. */
  chromium: string | null;
  /** What this run can't judge at all, and why. */
  notJudged: { what: string; why: string }[];
  signal: AbortSignal;
  onEvent: (event: RunEvent) => void;
}

/** A run's containers, and what its parts have in common. */
export interface Parts {
  plan: Plan;
  containers: ContainersPlan;
  options: ContainerRunOptions;
  around: Omit<Surroundings, 'onDeath'>;
  secrets: RunSecrets;
  runtime: ContainerRuntime;
}
