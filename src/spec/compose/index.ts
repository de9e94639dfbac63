import { readdir, realpath, stat } from 'node:fs/promises';
import { join, posix, relative, resolve, sep } from 'node:path';
import { InputError, messageOf } from '../../lib/errors.ts';
import { splitTarget } from '../../lib/target.ts';
import type { Compose, ComposeService } from '../../model/compose.ts';
import type { JobContract } from '../../model/contract.ts';
import type { StackFile } from '../../model/spec.ts';
import type { Compose as Project } from '../../stack/compose/index.ts';
import { leadsOut, readFolder, readWithin } from '../../stack/folder.ts';
import { readStack } from '../../stack/index.ts';
import { YamlSource } from '../yaml-source.ts';
import { composeShape } from './schema.ts';
import { readService } from './service.ts';

/** Read with the rest of the stack, and sped up. */
const READ_ELSEWHERE = /^(prometheus|alertmanager|grafana)(\/|$)/;
/** Services that clients of the run act upon by these names. */
const BACKING: Record<string, string> = {
  'postgres-exporter': 'postgres',
  'redis-exporter': 'redis',
};

/**
 * Reads the stack's compose file, held against the contract's jobs: each target must be a service.
 * @param environment what variables in it stand for; where it is silent, `.env` beside the file
 * says
 * @throws InputError with all problems at once, each with file, line and column
 */
export async function readCompose(
  stackDir: string,
  jobs: JobContract[],
  environment: Record<string, string | undefined> = process.env,
): Promise<Compose> {
  const dir = resolve(stackDir);
  const found = await composeOf(dir);
  if (!found)
    throw new InputError([
      {
        source: { file: 'compose.yaml', line: 1, column: 1 },
        message: 'the file is missing',
        expected: 'the topology of the stack as a compose file; without one: --runtime native',
      },
    ]);
  const source = new YamlSource(found.root);
  for (const { file } of found.files.slice(1))
    source.say(
      [],
      `${file.path} is laid over it, and a run takes one file`,
      'all of it in one file; `docker compose config` writes it',
    );
  const variables = withEnvFile(found, environment);
  source.check(composeShape.file, []);
  const services = source
    .entries(['services'])
    .flatMap((path) => readService(source, path, variables) ?? []);
  const names = new Set(source.entries(['services']).map((path) => String(path.at(-1))));
  for (const service of services) sayUndeclared(source, service, names);
  for (const circle of circles(services))
    source.say(
      ['services', circle[0] ?? '', 'depends_on'],
      `services wait for each other: ${circle.join(' → ')}`,
      'an order in which they can start',
    );
  for (const job of jobs) sayMissingFor(source, job, names);
  const files = await mountedFiles(source, dir, services);
  if (source.problems.length > 0) throw new InputError(source.problems);
  return { file: found.file.path, services, files };
}

/** What a service names must be in the file: services, volumes, secrets. */
function sayUndeclared(source: YamlSource, service: ComposeService, names: Set<string>): void {
  const at = ['services', service.name];
  for (const { service: other } of service.dependsOn)
    if (!names.has(other))
      source.say(
        [...at, 'depends_on'],
        `no service is called \`${other}\``,
        `one of: ${[...names].join(', ')}`,
      );
  for (const mount of service.mounts)
    if (mount.kind === 'volume' && !source.keys(['volumes']).includes(mount.name))
      source.say(
        [...at, 'volumes'],
        `the volume \`${mount.name}\` is not declared`,
        'its name under `volumes`',
      );
  for (const secret of service.secrets)
    if (!source.keys(['secrets']).includes(secret.name))
      source.say(
        [...at, 'secrets'],
        `the secret \`${secret.name}\` is not declared`,
        'its name under `secrets`',
      );
}

/** A job's target must be a service, and so must what its clients act upon. */
function sayMissingFor(source: YamlSource, job: JobContract, names: Set<string>): void {
  for (const host of [splitTarget(job.target).host, BACKING[job.component]])
    if (host !== undefined && !names.has(host))
      source.say(
        ['services'],
        `no service \`${host}\`, which the job ${job.name} needs`,
        `a service with the name that ${job.target} is scraped by`,
      );
}

/** The texts that services mount from the stack, but those that are read elsewhere. */
async function mountedFiles(
  source: YamlSource,
  dir: string,
  services: ComposeService[],
): Promise<StackFile[]> {
  const files: StackFile[] = [];
  for (const service of services)
    for (const mount of service.mounts) {
      if (mount.kind !== 'stack' || READ_ELSEWHERE.test(mount.path)) continue;
      try {
        files.push(...(await textsUnder(dir, mount.path)));
      } catch (error) {
        source.say(
          ['services', service.name, 'volumes'],
          `\`./${mount.path}\` can't be read: ${messageOf(error)}`,
          'a file or folder of the stack',
        );
      }
    }
  return files;
}

async function composeOf(dir: string): Promise<Project | undefined> {
  const input = await readFolder(dir).catch(() => []);
  return readStack(input).composes.find(({ file }) => posix.dirname(file.path) === '.');
}

function withEnvFile(
  { environment }: Project,
  own: Record<string, string | undefined>,
): Record<string, string | undefined> {
  const fromFile = [...environment].map(([name, { text }]) => [name, text] as const);
  return { ...Object.fromEntries(fromFile), ...own };
}

/**
 * The texts of a file or folder of the stack. @throws Error for what isn't there, leads out of the
 * stack's folder, or is no text
 */
async function textsUnder(dir: string, path: string): Promise<StackFile[]> {
  const full = join(dir, path);
  if (leadsOut(await realpath(dir), await realpath(full)))
    throw new Error('the link leads out of the folder; nothing outside of it is read');
  if (!(await stat(full)).isDirectory()) return [await textAt(dir, path)];
  const entries = await readdir(full, { recursive: true, withFileTypes: true });
  return Promise.all(
    entries
      .filter((entry) => entry.isFile())
      .map(({ parentPath, name }) =>
        textAt(dir, posix.join(path, relative(full, join(parentPath, name)).split(sep).join('/'))),
      ),
  );
}

async function textAt(dir: string, path: string): Promise<StackFile> {
  const { text, unreadable } = await readWithin(dir, path);
  if (unreadable !== undefined) throw new Error(unreadable);
  return { path, text };
}

/** Each circle of dependencies once, from its first service on. */
function circles(services: Compose['services']): string[][] {
  const next = new Map(services.map((s) => [s.name, s.dependsOn.map((d) => d.service)]));
  const found: string[][] = [];
  const done = new Set<string>();
  const visit = (name: string, way: string[]): void => {
    const before = way.indexOf(name);
    if (before >= 0) return void found.push([...way.slice(before), name]);
    if (done.has(name)) return;
    for (const other of next.get(name) ?? []) visit(other, [...way, name]);
    done.add(name);
  };
  for (const { name } of services) visit(name, []);
  return found;
}
