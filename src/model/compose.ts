import type { SourceRef } from './source.ts';
import type { StackFile } from './spec.ts';

/** What is mounted into a service. */
export type ComposeMount =
  | { kind: 'volume'; name: string; target: string; readOnly: boolean }
  /** A file or folder of the stack, relative to its folder. */
  | { kind: 'stack'; path: string; target: string; readOnly: boolean }
  /** A path of the host, as the node exporter needs it in production. */
  | { kind: 'host'; path: string; target: string; readOnly: boolean };

export interface HealthCheck {
  /** Command and arguments, run in the container. */
  test: string[];
  intervalMs: number;
  timeoutMs: number;
  retries: number;
  startPeriodMs: number;
}

/** How much of something of the kernel's a process may have: `nofile`, `nproc`. */
export interface Ulimit {
  name: string;
  soft: number;
  hard: number;
}

/** A service of compose.yaml, normalised; every variable replaced. */
export interface ComposeService {
  name: string;
  image: string;
  /** Set when the image is built from the repository. */
  build: { args: Record<string, string> } | null;
  entrypoint: string[] | null;
  command: string[] | null;
  environment: Record<string, string>;
  user: string | null;
  hostname: string | null;
  mounts: ComposeMount[];
  /** Ports of the container that people may reach from outside. */
  ports: number[];
  secrets: { name: string; target: string }[];
  dependsOn: { service: string; healthy: boolean }[];
  healthcheck: HealthCheck | null;
  shmBytes: number | null;
  ulimits: Ulimit[];
  capDrop: string[];
  securityOpt: string[];
  source: SourceRef;
}

/** compose.yaml: the topology of the stack. */
export interface Compose {
  file: string;
  services: ComposeService[];
  /** Files of the stack that are mounted somewhere and belong to no part that is read otherwise. */
  files: StackFile[];
}
