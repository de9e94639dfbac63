import type { ProofDelivery, ProofFact } from '../../../model/proof-evidence.ts';
import type { ProofIntegration, ProofPlan } from '../../../model/proof-plan.ts';
import { endpointsOf } from '../../../receivers/addresses.ts';
import { httpKinds } from '../../../receivers/registry.ts';
import type { ReceiverKind } from '../../../receivers/receiver.ts';

/** Everything that any receiver got. */
export class Inbox {
  readonly deliveries: ProofDelivery[] = [];
  readonly facts: ProofFact[] = [];
  private readonly integrations: Map<string, ProofIntegration>;
  private readonly kinds: Map<string, ReceiverKind>;
  /** Kinds by the host that they call unless told otherwise: for clients that send no header. */
  private readonly usual = new Map<string, ReceiverKind>();

  constructor(receivers: NonNullable<ProofPlan['receivers']>) {
    this.integrations = new Map(receivers.integrations.map((one) => [one.id, one]));
    this.kinds = new Map(httpKinds(receivers.transitions).map((kind) => [kind.kind, kind]));
    for (const kind of this.kinds.values())
      for (const { host } of endpointsOf(kind.kind, {}, {})) this.usual.set(host, kind);
  }

  integrationOf(header: string | string[] | undefined): ProofIntegration | undefined {
    return typeof header === 'string' ? this.integrations.get(header) : undefined;
  }

  /** @param host as the request names it, with or without a port */
  kindOf(integration: ProofIntegration | undefined, host: string): ReceiverKind | undefined {
    if (integration) return this.kinds.get(integration.kind);
    const name = host.replace(/:\d+$/, '');
    return this.usual.get(name) ?? (/^sns\./.test(name) ? this.kinds.get('sns') : undefined);
  }
}
