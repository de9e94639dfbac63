import { until } from '../../lib/wait.ts';
import type { Plan } from '../../model/plan.ts';
import type { ContainerWorld } from '../../run/events.ts';
import { get } from '../../lib/http.ts';
import type { Outside } from './outside.ts';
import type { Component, Supervisor } from '../supervisor.ts';

/** A container boots a whole system of its own on a machine that boots a dozen of them. */
const READY_MS = 60_000;
const EVERY_MS = 30;

/** The supervisor of the docker runtime: each component is a container, and the harness outside steers the engine. */
export class ContainerSupervisor implements Supervisor {
  private readonly outside: Outside;
  private readonly components: Map<string, Component & { service: string }>;

  constructor(plan: Plan, world: ContainerWorld, outside: Outside) {
    this.outside = outside;
    const scraped = plan.jobs.map((job) => ({
      name: job.name,
      service: world.services[job.name] ?? job.name,
      ready: async () => void (await get(`http://${job.target}${job.metricsPath}`)),
      readyWithinMs: READY_MS,
    }));
    // The harness outside waits for their health. A job may have the name of the database that it is about.
    const backing = world.backing.map((service) => ({
      name: `service ${service}`,
      service,
      ready: () => Promise.resolve(),
      readyWithinMs: READY_MS,
    }));
    this.components = new Map(
      [...scraped, ...backing].map((component) => [component.name, component]),
    );
  }

  get names(): string[] {
    return [...this.components.keys()];
  }

  async start(name: string, signal: AbortSignal): Promise<void> {
    await this.ask('start', name, signal);
    const component = this.components.get(name);
    await until(
      async () => {
        await component?.ready();
        return true;
      },
      { what: `${name} answers`, timeoutMs: READY_MS, everyMs: EVERY_MS, signal },
    );
  }

  freeze(name: string, signal: AbortSignal): Promise<void> {
    return this.ask('freeze', name, signal);
  }

  thaw(name: string): Promise<void> {
    return this.ask('thaw', name, new AbortController().signal);
  }

  stop(name: string): Promise<void> {
    return this.ask('stop', name, new AbortController().signal);
  }

  /** Nothing to do: the harness outside removes all containers when the run inside has ended. */
  stopAll(): Promise<void> {
    return Promise.resolve();
  }

  private async ask(
    verb: 'start' | 'freeze' | 'thaw' | 'stop',
    name: string,
    signal: AbortSignal,
  ): Promise<void> {
    const component = this.components.get(name);
    if (!component) throw new Error(`no component is called ${name}`);
    await this.outside.ask({ verb, service: component.service }, signal);
  }
}
