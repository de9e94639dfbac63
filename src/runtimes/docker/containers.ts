import { join } from 'node:path';
import type { HarnessError } from '../../lib/errors.ts';
import type { ContainerPlan } from '../../model/containers.ts';
import type { Executed, Runtime } from '../runtime.ts';
import { addressIn } from '../until-answers.ts';
import type { Placed } from './archive.ts';
import { RunContainer } from './container.ts';
import type { Surroundings } from './container.ts';

/**
 * The docker runtime: every component is a container, by the name of its service. It answers when
 * it is healthy.
 */
export class ContainerRuntime implements Runtime {
  private readonly containers: Map<string, RunContainer>;
  private readonly runDir: string;
  private readonly addresses: Record<string, string>;
  private readonly deaths: { error: HarnessError; service: string }[] = [];
  private died: ((error: HarnessError, service: string) => void) | undefined;

  /**
   * Begins to make all containers; nothing is started.
   * @param runDir absolute
   * @param files what a service gets beside the files of its plan
   */
  constructor(
    plans: ContainerPlan[],
    around: Omit<Surroundings, 'onDeath'>,
    runDir: string,
    files: (plan: ContainerPlan) => Placed[],
  ) {
    this.runDir = runDir;
    this.addresses = around.addresses;
    const onDeathOf =
      (service: string) =>
      (error: HarnessError): void => {
        this.deaths.push({ error, service });
        this.died?.(error, service);
      };
    this.containers = new Map(
      plans.map((plan) => [
        plan.service,
        new RunContainer(plan, { ...around, onDeath: onDeathOf(plan.service) }, files(plan)),
      ]),
    );
  }

  /**
   * Calls this when a container has died by itself, with the service's name; at once of those that
   * have died before anybody listened.
   */
  onCrash(listener: (error: HarnessError, service: string) => void): void {
    this.died = listener;
    for (const { error, service } of this.deaths) listener(error, service);
  }

  get names(): string[] {
    return [...this.containers.keys()];
  }

  /**
   * The first time it waits for what the service depends on, and until it is healthy. Started again
   * it is only started: a check inside of it would take its time in the middle of what is timed,
   * and whoever is on its network can wait.
   */
  async start(name: string, signal: AbortSignal): Promise<void> {
    signal.throwIfAborted();
    await this.container(name).start(this.containers);
  }

  async freeze(name: string): Promise<void> {
    await this.container(name).freeze();
  }

  async thaw(name: string): Promise<boolean> {
    return this.container(name).thaw();
  }

  async stop(name: string): Promise<void> {
    await this.container(name).kill();
  }

  /** Removes all containers: what they said is gone with them. */
  async stopAll(): Promise<void> {
    await Promise.all([...this.containers.values()].map((container) => container.remove()));
  }

  async exec(
    name: string,
    command: string[],
    timeoutMs: number,
    signal: AbortSignal,
  ): Promise<Executed> {
    signal.throwIfAborted();
    return this.container(name).exec(command, timeoutMs);
  }

  async logs(name: string): Promise<string> {
    return this.container(name).log();
  }

  async takeOut(name: string, path: string, to: string): Promise<void> {
    await this.container(name).takeOut(path, join(this.runDir, to));
  }

  address(host: string): string {
    return addressIn(this.addresses, host);
  }

  /** Ports of a service that can be reached at the engine's machine, by the container's port. */
  async published(name: string): Promise<Record<number, number>> {
    return this.container(name).published();
  }

  /** Whatever ends from now on ends on purpose. */
  release(): void {
    for (const container of this.containers.values()) container.release();
  }

  private container(name: string): RunContainer {
    const container = this.containers.get(name);
    if (!container) throw new Error(`no component is called ${name}`);
    return container;
  }
}
