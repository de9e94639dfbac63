import { randomBytes } from 'node:crypto';
import type Docker from 'dockerode';
import { pack } from 'tar-stream';
import { until } from '../../src/lib/wait.ts';

/** A container as a compose file would describe it. */
export interface Described {
  image: string;
  /** Its name in the network. */
  name: string;
  command?: string[];
  environment?: Record<string, string>;
  /** Path → text; readable by root alone. */
  secrets?: Record<string, string>;
  /** A port that is published on loopback. */
  port?: number;
}

/** A container that runs. */
export interface Started {
  container: Docker.Container;
  /** The port of loopback that leads to the published one. */
  port: number;
}

/** Containers in a network of their own, removed with all they have made. */
export class Network {
  private readonly docker: Docker;
  private readonly id = `gtv-test-${process.pid}-${randomBytes(3).toString('hex')}`;
  private readonly containers: Docker.Container[] = [];
  private network: Docker.Network | undefined;

  constructor(docker: Docker) {
    this.docker = docker;
  }

  async create(): Promise<void> {
    this.network = await this.docker.createNetwork({
      Name: this.id,
      Labels: { 'gtvision.test': this.id },
    });
  }

  async start({ image, name, command, environment, secrets, port }: Described): Promise<Started> {
    const container = await this.docker.createContainer({
      Image: image,
      name: `${this.id}-${name}`,
      Hostname: name,
      Labels: { 'gtvision.test': this.id },
      Env: Object.entries(environment ?? {}).map(([key, value]) => `${key}=${value}`),
      ...(command ? { Cmd: command } : {}),
      ...(port === undefined ? {} : { ExposedPorts: { [`${port}/tcp`]: {} } }),
      HostConfig:
        port === undefined
          ? {}
          : { PortBindings: { [`${port}/tcp`]: [{ HostIp: '127.0.0.1', HostPort: '' }] } },
      NetworkingConfig: { EndpointsConfig: { [this.id]: { Aliases: [name] } } },
    });
    this.containers.push(container);
    if (secrets) {
      const archive = pack();
      for (const [path, text] of Object.entries(secrets))
        archive.entry({ name: path.replace(/^\//, ''), mode: 0o600 }, text);
      archive.finalize();
      await container.putArchive(archive as unknown as NodeJS.ReadableStream, { path: '/' });
    }
    await container.start();
    const {
      NetworkSettings: { Ports: ports },
    } = await container.inspect();
    return { container, port: Number(ports[`${port ?? 0}/tcp`]?.[0]?.HostPort ?? 0) };
  }

  /** Runs a program to its end in a container of its own; returns what it wrote. */
  async run(described: Described): Promise<{ exitCode: number; output: string }> {
    const { container } = await this.start(described);
    const { StatusCode: exitCode } = (await container.wait()) as { StatusCode: number };
    return { exitCode, output: await logs(container) };
  }

  /** Once more does nothing. */
  async remove(): Promise<void> {
    await Promise.all(
      this.containers.splice(0).map((container) => container.remove({ force: true, v: true })),
    );
    await this.network?.remove();
    this.network = undefined;
  }
}

/** Everything that a container has written. */
export async function logs(container: Docker.Container): Promise<string> {
  return readable(await container.logs({ stdout: true, stderr: true }));
}

/** Runs a command in a container that is up. */
export async function execIn(
  container: Docker.Container,
  command: string[],
  environment: Record<string, string> = {},
): Promise<{ exitCode: number; output: string }> {
  const exec = await container.exec({
    Cmd: command,
    AttachStdout: true,
    AttachStderr: true,
    Env: Object.entries(environment).map(([key, value]) => `${key}=${value}`),
  });
  const stream = await exec.start({});
  const chunks: Buffer[] = [];
  for await (const chunk of stream) chunks.push(chunk as Buffer);
  return {
    exitCode: (await exec.inspect()).ExitCode ?? -1,
    output: readable(Buffer.concat(chunks)),
  };
}

/**
 * Waits until `ask` no longer throws; when it does to the end, or the container dies, the error has
 * the container's last words.
 */
export async function answers<T extends object | string>(
  what: string,
  { container }: Started,
  ask: () => Promise<T>,
  timeoutMs = 60_000,
): Promise<T> {
  const signal = new AbortController();
  try {
    return await until(
      async () => {
        const { State: state } = await container.inspect();
        if (!state.Running) signal.abort(new Error(`it ended with exit code ${state.ExitCode}`));
        return await ask();
      },
      { what: `${what} answers`, timeoutMs, everyMs: 100, signal: signal.signal },
    );
  } catch (error) {
    throw new Error(
      `${what}: ${String(error)}\n${(await logs(container)).split('\n').slice(-10).join('\n')}`,
      { cause: error },
    );
  }
}

/**
 * The text of an engine's stream without the eight bytes before each part of it that tell which of
 * the two outputs it is from.
 */
function readable(stream: Buffer): string {
  const parts: Buffer[] = [];
  for (let at = 0; at + 8 <= stream.length; at += 8 + stream.readUInt32BE(at + 4))
    parts.push(stream.subarray(at + 8, at + 8 + stream.readUInt32BE(at + 4)));
  return Buffer.concat(parts).toString('utf8');
}
