import type { Component, Executed, Runtime } from '../runtime.ts';
import { addressIn, untilAnswers } from '../until-answers.ts';
import type { Channel } from './channel.ts';
import type { RuntimeAsk } from './protocol.ts';

/** A component that somebody else runs, who may know it by another name. */
export interface RemoteComponent extends Component {
  knownAs: string;
}

/** A runtime that is steered over a channel: whoever is at the other end has the components. */
export class RemoteRuntime implements Runtime {
  private readonly channel: Pick<Channel<RuntimeAsk>, 'ask'>;
  private readonly components: Map<string, RemoteComponent>;
  private readonly addresses: Record<string, string>;

  constructor(
    components: RemoteComponent[],
    addresses: Record<string, string>,
    channel: Pick<Channel<RuntimeAsk>, 'ask'>,
  ) {
    this.channel = channel;
    this.addresses = addresses;
    this.components = new Map(components.map((component) => [component.name, component]));
  }

  get names(): string[] {
    return [...this.components.keys()];
  }

  async start(name: string, signal: AbortSignal): Promise<void> {
    const component = this.component(name);
    await this.channel.ask({ verb: 'start', name: component.knownAs }, signal);
    await untilAnswers(this, component, signal);
  }

  async freeze(name: string, signal: AbortSignal): Promise<void> {
    await this.channel.ask({ verb: 'freeze', name: this.component(name).knownAs }, signal);
  }

  async thaw(name: string): Promise<boolean> {
    return (await this.channel.ask({
      verb: 'thaw',
      name: this.component(name).knownAs,
    })) as boolean;
  }

  async stop(name: string): Promise<void> {
    await this.channel.ask({ verb: 'stop', name: this.component(name).knownAs });
  }

  /** Nothing to do: whoever has the components stops them when this end of the channel is gone. */
  stopAll(): Promise<void> {
    return Promise.resolve();
  }

  async exec(
    name: string,
    command: string[],
    timeoutMs: number,
    signal: AbortSignal,
  ): Promise<Executed> {
    const ask = { verb: 'exec', name: this.component(name).knownAs, command, timeoutMs } as const;
    return (await this.channel.ask(ask, signal)) as Executed;
  }

  async logs(name: string): Promise<string> {
    return (await this.channel.ask({
      verb: 'logs',
      name: this.component(name).knownAs,
    })) as string;
  }

  async takeOut(name: string, path: string, to: string, signal: AbortSignal): Promise<void> {
    const ask = { verb: 'takeOut', name: this.component(name).knownAs, path, to } as const;
    await this.channel.ask(ask, signal);
  }

  address(host: string): string {
    return addressIn(this.addresses, host);
  }

  private component(name: string): RemoteComponent {
    const component = this.components.get(name);
    if (!component) throw new Error(`no component is called ${name}`);
    return component;
  }
}
