import { posix } from 'node:path';
import { groupBy } from '../../lib/group-by.ts';
import type { SourceFile } from '../source/source-file.ts';
import type { Value } from '../source/value.ts';
import { readEnvFile } from './env-file.ts';
import type { EnvEntry } from './env-file.ts';
import { fillKnown } from './interpolate.ts';
import { readService } from './service.ts';
import type { Service, Surroundings } from './service.ts';

export type { Service } from './service.ts';

/** A project of Compose: the files that it takes together, in the order in which it merges them. */
export interface Compose {
  /** The one that comes first: what people call the compose file. */
  file: SourceFile;
  root: Value;
  files: ComposeFile[];
  services: Service[];
  volumes: string[];
  /** Variables of the `.env` beside it. */
  environment: Map<string, EnvEntry>;
}

export interface ComposeFile {
  file: SourceFile;
  root: Value;
}

/** In the order in which Compose looks for its file (compose-spec, "The Compose file"). */
const NAMES = ['compose.yaml', 'compose.yml', 'docker-compose.yaml', 'docker-compose.yml'];
const OVERRIDE = /^(docker-)?compose\.override\.ya?ml$/;

/**
 * The projects that compose files make: of a folder the one that `docker compose` takes by itself,
 * with its override file and what `include` and `COMPOSE_FILE` name; and each other file for
 * itself. A file whose services lack what the folder's project has (`image`) is one that is laid
 * over it.
 * @param others all files of the stack, for `.env` and `env_file`
 */
export function readComposes(documents: ComposeFile[], others: SourceFile[]): Compose[] {
  const byPath = new Map(others.map((file) => [file.path, file]));
  const folders = groupBy(documents, ({ file }) => posix.dirname(file.path));
  return [...folders].flatMap(([folder, files]) => {
    const env = byPath.get(posix.join(folder, '.env'));
    const environment = new Map((env ? readEnvFile(env) : []).map((entry) => [entry.key, entry]));
    const projects = projectsOf(files, environment.get('COMPOSE_FILE')?.text, documents);
    return projects.map((project) => makeProject(project, environment, byPath));
  });
}

/** @param named what COMPOSE_FILE in `.env` names */
function projectsOf(
  files: ComposeFile[],
  named: string | undefined,
  all: ComposeFile[],
): ComposeFile[][] {
  const find = (name: string): ComposeFile | undefined => files.find((f) => f.file.name === name);
  const chosen = named?.split(/[:;]/).flatMap((name) => find(posix.normalize(name)) ?? []) ?? [];
  const base = NAMES.flatMap((name) => find(name) ?? [])[0];
  const overrides = files.filter(({ file }) => OVERRIDE.test(file.name));
  const own = chosen.length > 0 ? chosen : base ? [base, ...overrides] : [];
  const main = [...own, ...own.flatMap((one) => included(one, all))];
  const rest = files.filter((one) => !main.includes(one));
  return [
    ...(main.length > 0 ? [main] : []),
    ...rest.map((one) => (isOverlay(one, main) ? [...main, one] : [one])),
  ];
}

/** Files that `include` names, by paths relative to the file. */
function included({ file, root }: ComposeFile, all: ComposeFile[]): ComposeFile[] {
  return root
    .get('include')
    .items()
    .flatMap((one) => (one.isMap ? one.get('path') : one).texts())
    .flatMap(({ text }) => {
      const path = posix.normalize(posix.join(posix.dirname(file.path), text));
      return all.filter((other) => other.file.path === path && other.file !== file);
    });
}

/** Whether a file says something of a project's services that makes none by itself. */
function isOverlay({ root }: ComposeFile, main: ComposeFile[]): boolean {
  return root
    .get('services')
    .entries()
    .some(
      ({ key, value }) =>
        !value.has('image') &&
        !value.has('build') &&
        main.some((one) => one.root.get('services').has(key)),
    );
}

function makeProject(
  files: ComposeFile[],
  environment: Compose['environment'],
  byPath: Map<string, SourceFile>,
): Compose {
  const [first] = files;
  if (!first) throw new Error('a project has no file');
  const surroundings: Surroundings = {
    fill: (text) => fillKnown(text, (name) => environment.get(name)?.text),
    envFile: (path, from) => {
      const file = byPath.get(posix.normalize(posix.join(posix.dirname(from.path), path)));
      return file && readEnvFile(file);
    },
    configFile: (name) =>
      files.map(({ root }) => root.at('configs', name, 'file').text()).findLast(Boolean),
  };
  const services = files.flatMap(({ root }) => root.get('services').entries());
  const named = groupBy(
    services.filter(({ value }) => value.isMap),
    ({ key }) => key,
  );
  return {
    ...first,
    files,
    environment,
    volumes: files.flatMap(({ root }) =>
      root
        .get('volumes')
        .entries()
        .map((e) => e.key),
    ),
    services: [...named].map(([name, list]) =>
      readService(
        name,
        list.map(({ value }) => value),
        surroundings,
      ),
    ),
  };
}
