import type { ConfigMap, PodSecurityContext, SecurityContext } from 'kubernetes-types/core/v1.js';
import { stringify } from 'yaml';
import type { DistributedLoad } from '../../model/distributed.ts';
import type { Size } from './size.ts';
import type { TestRun, TestRunPod } from './testrun.ts';
import { PROJECT_NAME } from '../../model/project-name.ts';

/** The user that k6's own image runs as. */
const K6_USER = 12_345;
/** Where a ConfigMap's script lies in a runner, and where the results' volume does. */
const SCRIPT = 'scenario.js';
export const RESULTS_DIR = '/results';
/** Kubernetes takes no larger ConfigMap. */
const LARGEST_BYTES = 1024 ** 2;

export interface ResourceOptions {
  /** Name of the TestRun, and the beginning of all that belongs to it; see `NAME`. */
  name: string;
  /** Null: the one that `kubectl` is set up for. */
  namespace: string | null;
  /** k6's image, with its version. */
  image: string;
  size: Size;
  /** One runner a node. */
  separate: boolean;
  /** Claim of a volume that the parts leave their accounts in; null: in their logs alone. */
  resultsClaim: string | null;
}

/**
 * What a pod may do: nothing but what k6 needs; what Kubernetes' restricted standard for pods asks
 * for.
 */
const POD_SECURITY: PodSecurityContext = {
  runAsNonRoot: true,
  runAsUser: K6_USER,
  runAsGroup: K6_USER,
  fsGroup: K6_USER,
  seccompProfile: { type: 'RuntimeDefault' },
};
const CONTAINER_SECURITY: SecurityContext = {
  allowPrivilegeEscalation: false,
  capabilities: { drop: ['ALL'] },
};
const POD: TestRunPod = {
  automountServiceAccountToken: 'false',
  securityContext: POD_SECURITY,
  containerSecurityContext: CONTAINER_SECURITY,
};

/** The script and its load, as files that each runner finds beside each other. */
export function configMap(
  options: ResourceOptions,
  script: string,
  load: DistributedLoad,
): ConfigMap {
  const data = { [SCRIPT]: script, 'load.json': `${JSON.stringify(load, null, 2)}\n` };
  const bytes = Object.values(data).reduce((sum, text) => sum + Buffer.byteLength(text), 0);
  if (bytes >= LARGEST_BYTES)
    throw new Error(
      `the script and its load take ${bytes} bytes, and a ConfigMap ${LARGEST_BYTES} at most`,
    );
  return { apiVersion: 'v1', kind: 'ConfigMap', metadata: metadata(options), data };
}

/**
 * The run: so many runners, each with its execution segment, which the operator computes as
 * `segments` does.
 */
export function testRun(options: ResourceOptions): TestRun {
  const { size, resultsClaim } = options;
  const runner: TestRunPod = {
    ...POD,
    image: options.image,
    // A limit on memory alone: one on CPU would throttle the generator, and the measurement would
    // be of that.
    resources: {
      requests: {
        cpu: `${Math.round(size.cpuCores * 1000)}m`,
        memory: mebibytes(size.memoryBytes),
      },
      limits: { memory: mebibytes(2 * size.memoryBytes) },
    },
    ...(resultsClaim === null
      ? {}
      : {
          volumes: [{ name: 'results', persistentVolumeClaim: { claimName: resultsClaim } }],
          volumeMounts: [{ name: 'results', mountPath: RESULTS_DIR }],
        }),
  };
  return {
    apiVersion: 'k6.io/v1alpha1',
    kind: 'TestRun',
    metadata: metadata(options),
    spec: {
      parallelism: size.parts,
      separate: options.separate,
      script: { configMap: { name: options.name, file: SCRIPT } },
      arguments: '--no-usage-report',
      // The accounts are in the pods' logs: they may go with the pods only where a volume keeps
      // them.
      ...(resultsClaim === null ? {} : { cleanup: 'post' as const }),
      initializer: { ...POD, image: options.image },
      starter: POD,
      runner,
    },
  };
}

/** A resource as a file for `kubectl apply`. */
export function resourceText(resource: ConfigMap | TestRun): string {
  return stringify(resource, { aliasDuplicateObjects: false, lineWidth: 0 });
}

function metadata({ name, namespace }: ResourceOptions): NonNullable<ConfigMap['metadata']> {
  return {
    name,
    ...(namespace === null ? {} : { namespace }),
    labels: {
      'app.kubernetes.io/name': PROJECT_NAME,
      'app.kubernetes.io/component': 'capacity',
    },
  };
}

function mebibytes(bytes: number): string {
  return `${Math.ceil(bytes / 1024 ** 2)}Mi`;
}
