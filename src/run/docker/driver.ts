import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { PassThrough } from 'node:stream';
import type Docker from 'dockerode';
import { HarnessError, messageOf } from '../../lib/errors.ts';
import { ENGINE_ROOM } from '../../lib/space.ts';
import type { ContainerPlan } from '../../model/containers.ts';
import { archiveOf, fetchFrom } from '../../runtimes/docker/archive.ts';
import { optionsOf } from '../../runtimes/docker/create-options.ts';
import type { Shared } from '../../runtimes/docker/create-options.ts';
import { logOf } from '../../runtimes/docker/logs.ts';
import type { Order } from '../../runtimes/remote/protocol.ts';
import { eventOf } from '../events.ts';
import type { RunEvent, RunRequest } from '../events.ts';
import { driverFiles } from './driver-files.ts';
import type { DriverNeeds } from './driver-files.ts';
import { HOME, RUN, driverPlan } from './driver-plan.ts';
import { Orders } from './orders.ts';

/**
 * What the driver writes and the harness fetches when it has ended, with where it belongs in the
 * run's folder.
 */
const RESULTS = [
  [`${RUN}/evidence.json`, '.'],
  [`${RUN}/logs/k6.log`, 'logs'],
] as const;
/** After this long a driver that was told to stop is killed, ms. */
const STOP_WITHIN_MS = 20_000;

export interface DriverOptions extends DriverNeeds {
  docker: Docker;
  around: Shared;
  /** Aborted when the run ends. */
  signal: AbortSignal;
  /** Without the paths, which are the driver's own. */
  request: Omit<RunRequest, 'runDir' | 'projectDir' | 'k6'>;
  /** The image with node. */
  image: string;
  onEvent: (event: RunEvent) => void;
  volumes: ContainerPlan['volumes'];
}

/**
 * The driver: the same run as on the native runtime (`src/run/inside`), in a container on the run's
 * network, where the stack's names lead to the containers and the engine may be on any machine. It
 * is spoken to over its standard streams.
 */
export class Driver {
  private readonly options: DriverOptions;
  private container: Docker.Container | undefined;
  private readonly orders = new Orders();

  constructor(options: DriverOptions) {
    this.options = options;
  }

  /** Makes and starts it. @throws HarnessError with the engine's words */
  async start(): Promise<void> {
    try {
      await this.makeAndStart();
    } catch (cause) {
      const why = messageOf(cause).trim();
      throw new HarnessError(
        `the driver's container (${this.options.image}) can't be started: ${why}`,
        why.includes('no space left')
          ? `The disk is the container engine's. ${ENGINE_ROOM}`
          : "The words are the engine's own.",
        { cause },
      );
    }
  }

  private async makeAndStart(): Promise<void> {
    const { docker, around, image, volumes, request } = this.options;
    const full: RunRequest = {
      ...request,
      runDir: RUN,
      projectDir: `${HOME}/project`,
      k6: `${HOME}/k6`,
    };
    const [files, container] = await Promise.all([
      driverFiles(this.options),
      docker.createContainer({
        ...optionsOf(driverPlan(image, volumes, full), around),
        OpenStdin: true,
        StdinOnce: true,
        AttachStdin: true,
        AttachStdout: true,
        AttachStderr: true,
      }),
    ]);
    this.container = container;
    await container.putArchive(await archiveOf(files), { path: '/' });
    // Once the harness is gone, however it ended, the engine closes the driver's input, and the
    // driver ends.
    const stream = await container.attach({
      stream: true,
      stdin: true,
      stdout: true,
      stderr: true,
      hijack: true,
    });
    this.orders.open(stream);
    const [out, errors] = [new PassThrough(), new PassThrough()];
    docker.modem.demuxStream(stream, out, errors);
    createInterface({ input: out }).on('line', (line) => this.options.onEvent(eventOf(line)));
    errors.resume();
    await container.start();
  }

  /** Tells the run inside; before it is there, as soon as it is. */
  tell(order: Order): void {
    this.orders.tell(order);
  }

  /** Asks it to end: it writes its evidence first. */
  stop(): void {
    this.orders.end();
    setTimeout(
      () => void this.container?.kill({ signal: 'SIGKILL' }).catch(() => undefined),
      STOP_WITHIN_MS,
    ).unref();
  }

  /** Resolves when it has ended and what it wrote is in the run's folder; with its exit code. */
  async ended(): Promise<number> {
    const { runDir } = this.options;
    if (!this.container) return -1;
    const { container } = this;
    const { StatusCode: code } = (await container.wait({
      abortSignal: this.options.signal,
    })) as { StatusCode: number };
    await mkdir(join(runDir, 'logs'), { recursive: true });
    await Promise.all([
      ...RESULTS.map(([path, dir]) => fetchFrom(container, path, join(runDir, dir))),
      logOf(container).then((log) =>
        writeFile(join(runDir, 'logs', 'run.log'), withoutEvents(log)),
      ),
    ]);
    return code;
  }
}

/** What the driver said apart from its events, which are one JSON object a line. */
function withoutEvents(log: string): string {
  return log
    .split('\n')
    .filter((line) => !line.startsWith('{"type":'))
    .join('\n');
}
