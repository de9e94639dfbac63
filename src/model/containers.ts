import { posix } from 'node:path';
import type { HealthCheck, Ulimit } from './compose.ts';
import { NAMESPACE } from './project-name.ts';
import { DISK_MOUNT } from './world.ts';

/** One container of a run: what Compose says of its service, with what a run needs of it. */
export interface ContainerPlan {
  /** Name of the service, and of the container on the run's network. */
  service: string;
  /** The scrape job whose target it is; null for what stands behind. */
  job: string | null;
  image: string;
  /** Set when the repository builds the image. */
  built: boolean;
  entrypoint: string[] | null;
  command: string[] | null;
  environment: Record<string, string>;
  user: string | null;
  hostname: string | null;
  shmBytes: number | null;
  ulimits: Ulimit[];
  capDrop: string[];
  securityOpt: string[];
  volumes: { name: string; target: string; readOnly: boolean }[];
  /** Put into the container before it starts; absolute paths. */
  files: { path: string; text: string }[];
  /** Made anew for each run. */
  secrets: { name: string; path: string; form: SecretForm }[];
  dependsOn: { service: string; healthy: boolean }[];
  healthcheck: HealthCheck | null;
  /** Ports that people may look at from the engine's own machine. */
  ports: number[];
}

/** A container of which nothing is said: as its image has it, and nobody's target. */
export function plainContainer(service: string, image: string): ContainerPlan {
  return {
    service,
    job: null,
    image,
    built: false,
    entrypoint: null,
    command: null,
    environment: {},
    user: null,
    hostname: null,
    shmBytes: null,
    ulimits: [],
    capDrop: [],
    securityOpt: [],
    volumes: [],
    files: [],
    secrets: [],
    dependsOn: [],
    healthcheck: null,
    ports: [],
  };
}

/** A user and their password, as it is. */
export interface Login {
  user: string;
  password: string;
}

/** By the name of what is logged in to: `postgres`, `rabbitmq`, `grafana`. */
export type Logins = Partial<Record<string, Login>>;

/** How a secret is written: one random word, or a login in rabbitmq.conf's own form. */
export type SecretForm = 'word' | 'rabbitmq-login';

/** A volume of a run. Those in memory have a size: they run full. */
export interface VolumePlan {
  name: string;
  memoryBytes: number | null;
}

/** Everything that a run in containers starts, as data. */
export interface ContainersPlan {
  containers: ContainerPlan[];
  volumes: VolumePlan[];
  /**
   * Logins of the clients that act on the databases, and of who asks Grafana: which secret is the
   * password, and which the user where that is one too.
   */
  logins: Record<string, SecretLogin>;
  /**
   * Services of the compose file for which something else stands in, or that are left out, and why.
   */
  standIns: { service: string; image: string; why: string }[];
  /** Real programs that run beside their stand-ins. */
  originals: OriginalPlan[];
}

/** A real program that runs beside its stand-in. */
export interface OriginalPlan {
  /** Its service in the run: `real-storage`. */
  service: string;
  /** The job that scrapes its stand-in. */
  job: string;
}

/** A login as the secrets of a compose file have it. */
export interface SecretLogin {
  /** The user, or the secret that it is. */
  user: string | { secret: string };
  /** The secret that is the password. */
  secret: string;
}

/**
 * Volumes that the synthetic host is made of: its files, the data file system that runs full, and a
 * pseudo file system that is full.
 */
export const HOST_VOLUMES = {
  files: 'synthetic-host',
  disk: 'synthetic-disk',
  decoy: 'synthetic-decoy',
} as const;

/**
 * The synthetic host's volumes, where a container sees them; `at` is the folder with what stands
 * for /proc, /sys and the root.
 */
export function hostVolumes(at: string, readOnly: boolean): ContainerPlan['volumes'] {
  return [
    { name: HOST_VOLUMES.files, target: at, readOnly: false },
    { name: HOST_VOLUMES.disk, target: posix.join(at, 'root', DISK_MOUNT), readOnly },
    { name: HOST_VOLUMES.decoy, target: posix.join(at, 'root/run'), readOnly },
  ];
}

/** Grafana's service in the compose file, and the port on which it answers. */
export const GRAFANA = { service: 'grafana', port: 3000 } as const;

/** Where the certificate of the run's receivers is, in a container that has to trust it. */
export const TRUSTED = `/etc/${NAMESPACE}/receivers.pem`;
