import type Docker from 'dockerode';
import { HarnessError, messageOf } from '../lib/errors.ts';
import { within } from '../lib/wait.ts';
import { NAMESPACE } from '../model/project-name.ts';

/** An engine answers at once or not at all, ms. */
const ANSWERS_WITHIN_MS = 5_000;
const SOCKET = '/var/run/docker.sock';

/** A container engine that answered. */
export interface Engine {
  docker: Docker;
  /** What it is, for people: `Docker 28.2.2 at unix:///var/run/docker.sock`. */
  text: string;
  /** Whether its loopback is this machine's. */
  local: boolean;
  /** As node names it: `x64`, `arm64`. */
  arch: string;
}

/**
 * Connects to the engine that `DOCKER_HOST` names (unix://, tcp://, ssh://), else to the machine's
 * own socket, and asks who it is.
 * @throws HarnessError: no engine, no permission, an address that can't be used, an engine for
 * other containers than Linux's
 */
export async function connectEngine(): Promise<Engine> {
  const where = process.env['DOCKER_HOST'] || `unix://${SOCKET}`;
  const known = /^(unix|tcp|ssh|http|https):\/\/./.test(where);
  if (!known)
    throw new HarnessError(
      `DOCKER_HOST is \`${where}\``,
      'Expected an address such as unix:///var/run/docker.sock, tcp://build-host:2376 or ssh://user@build-host.',
    );
  const { docker, version, info } = await asked(where);
  if (info.OSType !== undefined && info.OSType !== 'linux')
    throw new HarnessError(
      `the engine at ${where} runs ${info.OSType} containers`,
      'The stack consists of Linux containers: switch the engine over, or name another one in DOCKER_HOST.',
    );
  const name = version.Components?.some((c) => /podman/i.test(c.Name)) ? 'Podman' : 'Docker';
  return {
    docker,
    text: `${name} ${version.Version} at ${where}`,
    local: /^unix:|^(tcp|https?):\/\/(127\.|localhost[:/])/.test(where),
    arch: ARCHITECTURES[info.Architecture ?? ''] ?? info.Architecture ?? process.arch,
  };
}

/** An engine, and what it says of itself. */
interface Introduced {
  docker: Docker;
  version: { Version: string; Components?: { Name: string }[] };
  info: { OSType?: string; Architecture?: string };
}

/** @throws HarnessError when it can't be asked, or doesn't answer in time */
async function asked(where: string): Promise<Introduced> {
  // A fifth of what most commands load at their start, and few of them come to need it.
  const { default: Client } = await import('dockerode');
  try {
    const docker = new Client();
    const question = Promise.all([docker.version(), docker.info() as Promise<Introduced['info']>]);
    const [version, info] = await within(question, ANSWERS_WITHIN_MS, 'it');
    return { docker, version, info };
  } catch (error) {
    throw refused(error as NodeJS.ErrnoException, where);
  }
}

const ARCHITECTURES: Record<string, string> = { x86_64: 'x64', amd64: 'x64', aarch64: 'arm64' };

function refused(error: NodeJS.ErrnoException, where: string): HarnessError {
  const advice: Record<string, string> = {
    ENOENT:
      'Start one (`systemctl start docker`), or name it in DOCKER_HOST. Without an engine: --runtime native.',
    ECONNREFUSED:
      'It is not running: start it (`systemctl start docker`). Without an engine: --runtime native.',
    EACCES:
      'This user may not use it: join the group `docker`, use a rootless engine and name it in ' +
      'DOCKER_HOST, or take --runtime native.',
  };
  const what: Record<string, string> = {
    ENOENT: `no container engine at ${where}`,
    ECONNREFUSED: `no container engine answers at ${where}`,
    EACCES: `no permission to use the container engine at ${where}`,
  };
  const code = error.code ?? '';
  return new HarnessError(
    what[code] ?? `the container engine at ${where} can't be used: ${messageOf(error)}`,
    advice[code] ??
      'Is the address in DOCKER_HOST right, and may this machine use it (DOCKER_CERT_PATH, ' +
        'DOCKER_TLS_VERIFY)? Without an engine: --runtime native.',
    { cause: error },
  );
}

/** Label of everything that a run made: the run's id. */
export const RUN_LABEL = `${NAMESPACE}.run`;
/**
 * Label that tells whose it is: the mark of the harness process that has to be alive as long as it
 * is needed.
 */
export const OWNER_LABEL = `${NAMESPACE}.owner`;

/**
 * Label of containers in whose network namespace others run: some engines remove them only after
 * those.
 */
export const HOLDER_LABEL = `${NAMESPACE}.holds-address`;
