import type Docker from 'dockerode';
import { HarnessError, messageOf } from '../../lib/errors.ts';
import type { ContainerPlan } from '../../model/containers.ts';
import { archiveOf, unpackFolder } from './archive.ts';
import type { Placed } from './archive.ts';
import type { Executed } from '../runtime.ts';
import { addressHolder } from './address-holder.ts';
import { optionsOf, withinNetworkOf } from './create-options.ts';
import type { Shared } from './create-options.ts';
import { runInside } from './exec.ts';
import { untilHealthy } from './health.ts';
import { lastWords, logOf } from './logs.ts';

/** What all containers of a run have in common. */
export interface Surroundings extends Shared {
  docker: Docker;
  /** An image with a shell's `sleep`, for containers that do nothing. */
  idleImage: string;
  /** Aborted when the run ends, or a container dies. */
  signal: AbortSignal;
  /** A container died without being told to. */
  onDeath: (error: HarnessError) => void;
}

/** A container of a run: made once, started, frozen, killed and started again. */
export class RunContainer {
  readonly plan: ContainerPlan;
  private readonly around: Surroundings;
  private readonly made: Promise<Docker.Container>;
  private holder: Docker.Container | undefined;
  private first: Promise<void> | undefined;
  private frozen = false;
  /** Set before it is stopped on purpose: any other end is a crash. */
  private expectedToEnd = false;

  /**
   * Begins to make it; nothing is started.
   * @param files what it gets beside the files of its plan
   */
  constructor(plan: ContainerPlan, around: Surroundings, files: Placed[]) {
    this.plan = plan;
    this.around = around;
    this.made = this.make(files);
    this.made.catch(() => undefined);
  }

  /**
   * Starts it. The first time it waits for what it depends on, and until it is healthy.
   * @param others containers by service
   */
  async start(others: Map<string, RunContainer>): Promise<void> {
    this.first ??= this.startFirst(others);
    await this.first;
    if (this.expectedToEnd) await this.startAgain();
  }

  /** Stops all of its processes where they stand. */
  async freeze(): Promise<void> {
    await (await this.made).pause();
    this.frozen = true;
  }

  /** Lets it go on. Resolves to false when it did so already. */
  async thaw(): Promise<boolean> {
    if (!this.frozen) return false;
    this.frozen = false;
    return (await this.made).unpause().then(
      () => true,
      (error: unknown) => {
        if (/not paused/i.test(messageOf(error))) return false;
        throw error;
      },
    );
  }

  /** Ends it at once, as a crash would. */
  async kill(): Promise<void> {
    this.expectedToEnd = true;
    this.frozen = false;
    const container = await this.made;
    // The order reaches a frozen container too: the engine lets it go on when the signal is there.
    await container.kill({ signal: 'SIGKILL' }).catch(unlessGone);
    await container.wait({ abortSignal: this.around.signal });
  }

  /** Whatever ends from now on ends on purpose. */
  release(): void {
    this.expectedToEnd = true;
  }

  /** Removes it, whatever it is doing. What is gone already is no error. */
  async remove(): Promise<void> {
    this.release();
    const container = await this.made.catch(() => undefined);
    await container?.remove({ force: true, v: true }).catch(unlessGone);
  }

  /** Everything that it has said so far; empty when it was never made or started. */
  async log(): Promise<string> {
    const container = await this.made.catch(() => undefined);
    return container && this.first ? logOf(container) : '';
  }

  /** Runs a command in it. */
  async exec(command: string[], timeoutMs: number): Promise<Executed> {
    return runInside(await this.made, command, timeoutMs);
  }

  /** Copies what is in one of its folders into a folder of the harness's machine. */
  async takeOut(path: string, dir: string): Promise<void> {
    await unpackFolder(await (await this.made).getArchive({ path }), dir);
  }

  /** Ports that can be reached at the engine's machine, by the container's port. */
  async published(): Promise<Record<number, number>> {
    const own = await this.made;
    const { NetworkSettings: settings } = await (this.holder ?? own).inspect();
    return Object.fromEntries(
      this.plan.ports.flatMap((port) =>
        (settings.Ports[`${port}/tcp`] ?? [])
          .slice(0, 1)
          .map(({ HostPort }) => [port, Number(HostPort)]),
      ),
    );
  }

  private async make(files: Placed[]): Promise<Docker.Container> {
    const { plan, around } = this;
    const all: Placed[] = [
      ...plan.files.map(({ path, text }) => ({ path, content: text })),
      ...files,
    ];
    try {
      const holder = plan.job === null ? undefined : await addressHolder(plan, around);
      this.holder = holder;
      const container = await around.docker.createContainer(
        holder ? withinNetworkOf(holder.id, optionsOf(plan, around)) : optionsOf(plan, around),
      );
      if (all.length > 0) await container.putArchive(await archiveOf(all), { path: '/' });
      return container;
    } catch (cause) {
      throw new HarnessError(
        `the container of ${plan.service} (${plan.image}) can't be made: ${messageOf(cause)}`,
        /no space left/i.test(messageOf(cause))
          ? 'The disk of the engine is full: make room there (`docker system df`).'
          : "Is the service right in the compose file? The words are the engine's own.",
        { cause },
      );
    }
  }

  private async startFirst(others: Map<string, RunContainer>): Promise<void> {
    await Promise.all(
      this.plan.dependsOn.flatMap(({ service }) => others.get(service)?.start(others) ?? []),
    );
    await this.startAgain();
    if (this.plan.healthcheck) await untilHealthy(this, this.plan.healthcheck, this.around.signal);
  }

  private async startAgain(): Promise<void> {
    const container = await this.made;
    this.around.signal.throwIfAborted();
    this.expectedToEnd = false;
    try {
      await container.start();
    } catch (cause) {
      throw new HarnessError(
        `${this.plan.service} (${this.plan.image}) can't be started: ${messageOf(cause)}`,
        "Is its command in the image? Are its mounts right? The words are the engine's own.",
        { cause },
      );
    }
    void this.watch(container);
  }

  private async watch(container: Docker.Container): Promise<void> {
    try {
      // Some engines leave the question open when the container is removed: it must not keep the
      // harness.
      const { StatusCode: code } = (await container.wait({ abortSignal: this.around.signal })) as {
        StatusCode: number;
      };
      if (this.expectedToEnd || this.around.signal.aborted) return;
      const { State: state } = await container.inspect();
      this.around.onDeath(
        new HarnessError(
          `${this.plan.service} ended by itself ` +
            `(${state.OOMKilled ? 'out of memory' : `exit ${code}`}): ${await lastWords(container)}`,
          `Its whole output is in logs/${this.plan.service}.log.`,
        ),
      );
    } catch (error) {
      if (!this.expectedToEnd && !this.around.signal.aborted)
        this.around.onDeath(
          new HarnessError(
            `the engine can't be asked about ${this.plan.service} any more: ${messageOf(error)}`,
            'Is it still running?',
            { cause: error },
          ),
        );
    }
  }
}

/** A container that ended a moment ago is what was wanted. */
function unlessGone(error: { statusCode?: number }): void {
  if (error.statusCode !== 404 && error.statusCode !== 409) throw error as Error;
}
