import type { Delivery } from '../../../model/notification.ts';
import type { Certificate } from '../../certificate.ts';

/** What a sink needs to stand in for a service of the world outside. */
export interface SinkContext {
  /** Loopback address of a name of the run's network. */
  ip: (name: string) => string;
  /** Addresses of everything in the run's network: nobody else is listened to. */
  from: readonly string[];
  /** Certificate that Alertmanager of the run trusts. */
  tls: Certificate;
  /** Password of the run's mail account. */
  smtpPassword: string;
  /** Takes what arrived. */
  deliver: (delivery: Delivery) => void;
}

/**
 * Stands in for a service that people are told by: answers as it would, and hands on what arrived.
 */
export interface Sink {
  /** Kind of integration whose messages it takes, as in `<kind>_configs`. */
  kind: string;
  /** Name under which Alertmanager finds it in the run's network. */
  host: string;
  /** Listens until it is disposed of. */
  start: (context: SinkContext) => Promise<AsyncDisposable>;
}
