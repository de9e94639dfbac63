import { createWriteStream } from 'node:fs';
import { readFile, rename } from 'node:fs/promises';
import { join } from 'node:path';
import { execa } from 'execa';
import { HarnessError } from '../../lib/errors.ts';
import { WHO_KILLED, wasKilled } from '../../lib/killed.ts';
import { lastLines } from '../../lib/last-lines.ts';
import { until } from '../../lib/wait.ts';
import { isStopped, standsStill } from '../../lib/processes.ts';
import { TIMEKEEPER, setSessionNiceness } from '../../lib/niceness.ts';
import type { Executed, ProcessComponent, Runtime } from '../runtime.ts';
import { launch, signalGroup } from './process-group.ts';
import { addressIn, untilAnswers } from '../until-answers.ts';

/** A component that was started: the only form that can be stopped, frozen or waited for. */
interface Running {
  component: ProcessComponent;
  process: ReturnType<typeof launch>;
  /** Set before it is stopped on purpose: any other end is a crash. */
  expectedToEnd: boolean;
}

const TERM_WITHIN_MS = 3_000;
const STOPPED_WITHIN_MS = 5_000;

export interface ProcessRuntimeOptions {
  /** Absolute; each component's output goes into its folder `logs`, which has to be there. */
  runDir: string;
  /** Address of each name of the stack. */
  addresses: Record<string, string>;
  /** Called with the name of a component that ended without being told to. */
  onCrash: (error: HarnessError, name: string) => void;
}

/** The native runtime: every component is a process group beside this process. */
export class ProcessRuntime implements Runtime {
  private readonly running = new Map<string, Running>();
  private readonly startedOnce = new Set<string>();
  private readonly components = new Map<string, ProcessComponent>();
  private readonly options: ProcessRuntimeOptions;

  constructor(options: ProcessRuntimeOptions) {
    this.options = options;
  }

  /**
   * Learns of components that it may have to start; one of the same name takes the place of the
   * former.
   */
  learn(components: ProcessComponent[]): void {
    for (const component of components) this.components.set(component.name, component);
  }

  /** What runs, by name; each leads a process group of this number. */
  processes(): { name: string; pid: number }[] {
    return [...this.running].flatMap(([name, { process }]) =>
      process.pid === undefined ? [] : [{ name, pid: process.pid }],
    );
  }

  get names(): string[] {
    return [...this.components.keys()];
  }

  /** Starts a component and waits until it answers. */
  async start(name: string, signal: AbortSignal): Promise<void> {
    const component = this.component(name);
    await component.prepare?.();
    signal.throwIfAborted();
    this.spawn(component);
    await untilAnswers(this, component, signal);
  }

  private spawn(component: ProcessComponent): void {
    const output = createWriteStream(this.logFile(component.name), { flags: 'a' });
    const child = launch(component);
    child.stdout.pipe(output, { end: false });
    child.stderr.pipe(output, { end: false });
    const isAgain = this.startedOnce.has(component.name);
    setSessionNiceness(child.pid, (isAgain ? component.niceness : undefined) ?? TIMEKEEPER);
    this.startedOnce.add(component.name);
    const running: Running = { component, process: child, expectedToEnd: false };
    this.running.set(component.name, running);
    void child.then(async (result) => {
      output.end();
      if (running.expectedToEnd) return;
      const log = await this.logs(component.name);
      this.options.onCrash(endedByItself(component.name, result, log), component.name);
    });
  }

  /**
   * Stops every thread of the component where it stands; its sockets stay open and answer nothing.
   * Resolves when all of them stand.
   */
  async freeze(name: string, signal: AbortSignal): Promise<void> {
    this.kill(name, 'SIGSTOP');
    const group = this.running.get(name)?.process.pid;
    // One thread has to run to take the signal for all; on a busy machine the others go on until
    // then.
    await until(() => Promise.resolve(group === undefined || isStopped(group) || undefined), {
      what: `${name} stands still`,
      timeoutMs: STOPPED_WITHIN_MS,
      everyMs: 5,
      signal,
    });
  }

  /** Lets a frozen component go on. Resolves to false when it did so already. */
  thaw(name: string): Promise<boolean> {
    const leader = this.running.get(name)?.process.pid;
    // Of all of the group it would be asked for so long that the freeze lasted longer.
    const stood = leader !== undefined && standsStill(String(leader));
    this.kill(name, 'SIGCONT');
    return Promise.resolve(stood);
  }

  /**
   * Ends a component at once, as a crash would. Resolves when it's gone; does nothing when it isn't
   * running.
   */
  async stop(name: string, how: 'SIGKILL' | 'SIGTERM' = 'SIGKILL'): Promise<void> {
    const running = this.running.get(name);
    if (!running) return;
    running.expectedToEnd = true;
    this.running.delete(name);
    const group = running.process.pid;
    if (group === undefined) return;
    signalGroup(group, how);
    const timer = setTimeout(() => signalGroup(group, 'SIGKILL'), TERM_WITHIN_MS);
    await running.process;
    clearTimeout(timer);
  }

  /** Stops everything, side by side. Whatever would be left dies with the process namespace. */
  async stopAll(): Promise<void> {
    await Promise.all([...this.running.keys()].map((name) => this.stop(name)));
  }

  /** In the component's environment, as this process's user: they share everything else. */
  async exec(
    name: string,
    [command = '', ...args]: string[],
    timeoutMs: number,
    signal: AbortSignal,
  ): Promise<Executed> {
    const { exitCode, all, failed, message } = await execa(command, args, {
      reject: false,
      all: true,
      stdin: 'ignore',
      timeout: timeoutMs,
      cancelSignal: signal,
      env: this.component(name).env ?? {},
    });
    signal.throwIfAborted();
    return { code: exitCode ?? -1, output: all || (failed ? (message ?? '') : '') };
  }

  /** Everything that the component has written so far. */
  async logs(name: string): Promise<string> {
    this.component(name);
    return readFile(this.logFile(name), 'utf8').catch(() => '');
  }

  /** Moves the folder: nothing of it is left where it was. */
  async takeOut(name: string, path: string, to: string): Promise<void> {
    this.component(name);
    await rename(path, join(this.options.runDir, to));
  }

  address(host: string): string {
    return addressIn(this.options.addresses, host);
  }

  private component(name: string): ProcessComponent {
    const component = this.components.get(name);
    if (!component) throw new Error(`no component is called ${name}`);
    return component;
  }

  private logFile(name: string): string {
    return join(this.options.runDir, 'logs', `${name}.log`);
  }

  private kill(name: string, signal: NodeJS.Signals): void {
    const pid = this.running.get(name)?.process.pid;
    if (pid !== undefined) signalGroup(pid, signal);
  }
}

/** @param log all that it wrote */
function endedByItself(
  name: string,
  { signal, exitCode, message }: Awaited<ReturnType<typeof launch>>,
  log: string,
): HarnessError {
  const why = wasKilled({ signal, exitCode })
    ? WHO_KILLED
    : 'If a shared library or a program is missing, run `npm run fetch -- --fresh`.';
  return new HarnessError(
    `${name} ended by itself (${signal ?? `exit ${String(exitCode)}`}): ` +
      `${lastLines(log) || message || 'it wrote nothing'}`,
    `${why} Its whole output is in logs/${name}.log.`,
  );
}
