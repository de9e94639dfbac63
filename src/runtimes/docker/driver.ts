import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { PassThrough } from 'node:stream';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import type Docker from 'dockerode';
import { HarnessError, messageOf } from '../../lib/errors.ts';
import { ENGINE_ROOM } from '../../lib/space.ts';
import type { ContainerPlan } from '../../model/containers.ts';
import type { Plan } from '../../model/plan.ts';
import { eventOf } from '../../run/events.ts';
import type { RunEvent, RunOrder, RunRequest } from '../../run/events.ts';
import { SECRETS, TLS } from '../../run/prepare.ts';
import { archiveOf, fetchFrom, filesBelow } from './archive.ts';
import type { Placed } from './archive.ts';
import { optionsOf } from './containers.ts';
import type { Surroundings } from './containers.ts';
import { logOf } from './logs.ts';

const PROJECT = fileURLToPath(new URL('../../..', import.meta.url));
/** Where the driver has what it needs, in its container. */
export const HOME = '/gtv';
const RUN = `${HOME}/run`;
/** What the driver writes and the harness fetches when it has ended, with where it belongs in the run's folder. */
const RESULTS = [
  [`${RUN}/evidence.json`, '.'],
  [`${RUN}/logs/k6.log`, 'logs'],
] as const;
/** After this long a driver that was told to stop is killed, ms. */
const STOP_WITHIN_MS = 20_000;

export interface DriverOptions {
  docker: Docker;
  around: Surroundings;
  plan: Plan;
  /** Without the paths, which are the driver's own. */
  request: Omit<RunRequest, 'runDir' | 'projectDir' | 'k6'>;
  /** The k6 program of the engine's architecture. */
  k6: Buffer;
  /** The image with node. */
  image: string;
  runDir: string;
  smtpPassword: string;
  onEvent: (event: RunEvent) => void;
  volumes: ContainerPlan['volumes'];
}

/**
 * The driver: the same run as on the native runtime (`src/run/inside`), in a container on the run's network, where the
 * stack's names lead to the containers and the engine may be on any machine. It is spoken to over its standard streams.
 */
export class Driver {
  private readonly options: DriverOptions;
  private container: Docker.Container | undefined;
  private stream: NodeJS.ReadWriteStream | undefined;
  private readonly untold: string[] = [];

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
      this.files(),
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
    // Once the harness is gone, however it ended, the engine closes the driver's input, and the driver ends.
    const stream = await container.attach({
      stream: true,
      stdin: true,
      stdout: true,
      stderr: true,
      hijack: true,
    });
    // What some engines put before the first line is a line of its own then.
    stream.write('\n');
    this.stream = stream;
    for (const line of this.untold.splice(0)) stream.write(line);
    const [out, errors] = [new PassThrough(), new PassThrough()];
    docker.modem.demuxStream(stream, out, errors);
    createInterface({ input: out }).on('line', (line) => this.options.onEvent(eventOf(line)));
    errors.resume();
    await container.start();
  }

  /** Tells the run inside; before it is there, as soon as it is. */
  tell(order: RunOrder): void {
    const line = `${JSON.stringify(order)}\n`;
    if (this.stream) this.stream.write(line);
    else this.untold.push(line);
  }

  /** Asks it to end: it writes its evidence first. */
  stop(): void {
    this.stream?.end();
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
      abortSignal: this.options.around.signal,
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

  private async files(): Promise<Placed[]> {
    const { plan, k6, runDir, smtpPassword } = this.options;
    const [bundle, scenarios, cert, key] = await Promise.all([
      bundleInside(),
      filesBelow(join(PROJECT, 'scenarios'), `${HOME}/project/scenarios`),
      readFile(join(runDir, TLS, 'cert.pem')),
      readFile(join(runDir, TLS, 'key.pem')),
    ]);
    return [
      { path: `${HOME}/main.mjs`, content: bundle },
      { path: `${HOME}/k6`, content: k6, mode: 0o755 },
      ...scenarios,
      { path: `${RUN}/plan.json`, content: JSON.stringify(plan) },
      { path: `${RUN}/logs/.keep`, content: '' },
      { path: `${RUN}/${TLS}/cert.pem`, content: cert },
      { path: `${RUN}/${TLS}/key.pem`, content: key },
      { path: `/${SECRETS}/smtp_password`, content: smtpPassword },
    ];
  }
}

/** Name of the driver's container on the run's network. */
export const DRIVER = 'driver';

function driverPlan(
  image: string,
  volumes: ContainerPlan['volumes'],
  request: RunRequest,
): ContainerPlan {
  return {
    service: DRIVER,
    job: null,
    image,
    built: false,
    entrypoint: ['node'],
    command: [`${HOME}/main.mjs`, JSON.stringify(request)],
    environment: {},
    user: '0',
    hostname: DRIVER,
    shmBytes: null,
    capDrop: [],
    securityOpt: [],
    volumes,
    files: [],
    secrets: [],
    dependsOn: [],
    healthcheck: null,
    ports: [],
  };
}

/** Where the driver sees the synthetic host. */
export const DRIVER_HOST = `${RUN}/host`;

/** The run inside as one file: no package has to be in the image. */
async function bundleInside(): Promise<Buffer> {
  const { outputFiles } = await build({
    entryPoints: [fileURLToPath(new URL('../../run/inside/main.ts', import.meta.url))],
    bundle: true,
    write: false,
    platform: 'node',
    format: 'esm',
    target: 'node20',
    logLevel: 'silent',
    // Packages that are CommonJS ask for node's own modules with `require`.
    banner: {
      js: "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);",
    },
    external: ['pg-native'],
  });
  return Buffer.from(outputFiles[0]?.contents ?? []);
}

/** What the driver said apart from its events, which are one JSON object a line. */
function withoutEvents(log: string): string {
  return log
    .split('\n')
    .filter((line) => !line.startsWith('{"type":'))
    .join('\n');
}
