import type {
  Affinity,
  Container,
  ContainerPort,
  EnvFromSource,
  EnvVar,
  LocalObjectReference,
  PodSecurityContext,
  Probe,
  ResourceRequirements,
  SecurityContext,
  Toleration,
  TopologySpreadConstraint,
  Volume,
  VolumeMount,
} from 'kubernetes-types/core/v1.js';
import type { ObjectMeta } from 'kubernetes-types/meta/v1.js';

// What the k6 operator's published resource definition (grafana/k6-operator,
// `api/v1alpha1/testrun_types.go`, from which its CustomResourceDefinition is generated) knows of a
// TestRun: names and types, in our own words. Kubernetes' own types come from its published API.
// Tests hold the files against it.

/** `true` and `false` are texts here, not booleans. */
type Flag = 'true' | 'false';

/** What the operator can be told of a pod that it makes. */
export interface TestRunPod {
  affinity?: Affinity;
  automountServiceAccountToken?: Flag;
  containerSecurityContext?: SecurityContext;
  /** Of the initializer alone. */
  disabled?: boolean;
  env?: EnvVar[];
  envFrom?: EnvFromSource[];
  image?: string;
  imagePullPolicy?: 'Always' | 'IfNotPresent' | 'Never';
  imagePullSecrets?: LocalObjectReference[];
  initContainers?: Pick<
    Container,
    | 'name'
    | 'image'
    | 'env'
    | 'envFrom'
    | 'command'
    | 'args'
    | 'workingDir'
    | 'volumeMounts'
    | 'resources'
    | 'restartPolicy'
  >[];
  livenessProbe?: Probe;
  metadata?: { annotations?: Record<string, string>; labels?: Record<string, string> };
  nodeSelector?: Record<string, string>;
  priorityClassName?: string;
  readinessProbe?: Probe;
  resources?: ResourceRequirements;
  schedulerName?: string;
  securityContext?: PodSecurityContext;
  serviceAccountName?: string;
  tolerations?: Toleration[];
  topologySpreadConstraints?: TopologySpreadConstraint[];
  volumeMounts?: VolumeMount[];
  volumes?: Volume[];
}

/** A distributed k6 run, as the operator takes it. */
export interface TestRun {
  apiVersion: 'k6.io/v1alpha1';
  kind: 'TestRun';
  metadata: ObjectMeta;
  spec: {
    script: {
      configMap?: { name: string; file?: string };
      volumeClaim?: { name: string; file?: string; readOnly?: boolean };
      localFile?: string;
    };
    /** How many runners. */
    parallelism: number;
    /** Each runner on a host of its own. */
    separate?: boolean;
    /** Split at each blank: no quotes. */
    arguments?: string;
    ports?: ContainerPort[];
    initializer?: TestRunPod;
    starter?: TestRunPod;
    runner?: TestRunPod;
    quiet?: Flag;
    paused?: Flag;
    scuttle?: {
      enabled?: Flag;
      envoyAdminApi?: string;
      neverKillIstio?: boolean;
      neverKillIstioOnFailure?: boolean;
      disableLogging?: boolean;
      startWithoutEnvoy?: boolean;
      waitForEnvoyTimeout?: string;
      istioQuitApi?: string;
      genericQuitEndpoint?: string;
      quitWithoutEnvoyTimeout?: string;
    };
    /**
     * `post`: all that the operator made is removed when the run has ended, its pods' logs with it.
     */
    cleanup?: 'post';
    cloud?: { token?: string; testRunId?: string; stream?: boolean };
    testRunId?: string;
    token?: string;
  };
}
