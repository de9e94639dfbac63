import { TRUSTED } from '../../model/containers.ts';
import type { ContainerPlan } from '../../model/containers.ts';
import type { Plan } from '../../model/plan.ts';
import {
  CAPACITY_MIB,
  ERLANG_FLAGS,
  NODE_EXPORTER_FLAGS,
  POSTGRES_SETTINGS,
  rabbitmqSettings,
} from '../../model/world.ts';

/** What a run changes about a service of the compose file. */
export interface Changes {
  /** Flags that are added, or replace those with the same name. */
  flags?: string[];
  /** Words at the end of the command. */
  more?: string[];
  environment?: Record<string, string>;
  files?: ContainerPlan['files'];
}

/**
 * The changes of a component: durations that aren't in the stack's files, and what makes a world of a few minutes out
 * of one that lasts.
 * @param component a job's component of the contract, or the name of a service that isn't scraped
 */
export function changesOf(component: string, plan: Plan): Changes {
  switch (component) {
    case 'prometheus':
      return { flags: plan.prometheusFlags };
    case 'alertmanager':
      // Go reads its trusted certificates from this file alone: the receivers' certificate is verified, not skipped.
      return { environment: { SSL_CERT_FILE: TRUSTED } };
    case 'node-exporter':
      return { flags: NODE_EXPORTER_FLAGS };
    case 'postgres':
      return {
        more: Object.entries(POSTGRES_SETTINGS).flatMap(([key, value]) => [
          '-c',
          `${key}=${value}`,
        ]),
      };
    case 'rabbitmq':
      return {
        environment: { RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS: ERLANG_FLAGS },
        files: [{ path: '/etc/rabbitmq/conf.d/90-run.conf', text: rabbitmqSettings(plan.speed) }],
      };
    case 'fake/minio':
      return { environment: { CAPACITY_MIB: String(CAPACITY_MIB) } };
    default:
      return {};
  }
}
