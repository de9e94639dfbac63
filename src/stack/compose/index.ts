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
  /** Its file is there to be extended: nobody loads it alone. */
  isPart: boolean;
  /** Variables of the `.env` beside it. */
  environment: Map<string, EnvEntry>;
}

export interface ComposeFile {
  file: SourceFile;
  root: Value;
  /** Where its relative paths start from; by default its own folder. */
  folder?: string;
}

/** In the order in which Compose looks for its file (compose-spec, "The Compose file"). */
export const NAMES = ['compose.yaml', 'compose.yml', 'docker-compose.yaml', 'docker-compose.yml'];
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
  const parts = new Set(
    documents.flatMap((one) => included(one, documents).map(({ file }) => file)),
  );
  const extended = new Set(documents.flatMap(extendedBy));
  // What another file includes is a part of that project, not one of its own.
  const folders = groupBy(
    documents.filter(({ file }) => !parts.has(file)),
    ({ file }) => posix.dirname(file.path),
  );
  return [...folders].flatMap(([folder, files]) => {
    const env = byPath.get(posix.join(folder, '.env'));
    const environment = new Map((env ? readEnvFile(env) : []).map((entry) => [entry.key, entry]));
    const projects = projectsOf(files, environment.get('COMPOSE_FILE')?.text, documents);
    return projects.map((project) => ({
      ...makeProject(project, environment, byPath),
      isPart: project.every(({ file }) => extended.has(file.path) && !NAMES.includes(file.name)),
    }));
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
  const rest = files.filter(({ file }) => !main.some((one) => one.file === file));
  return [
    ...(main.length > 0 ? [main] : []),
    ...rest.map((one) => (isOverlay(one, main) ? [...main, one] : [one])),
  ];
}

/**
 * Files that `include` names, by paths relative to the file. Theirs start from their own folder, or
 * from `project_directory`.
 */
function included(
  { file, root, folder = posix.dirname(file.path) }: ComposeFile,
  all: ComposeFile[],
): ComposeFile[] {
  return root
    .get('include')
    .items()
    .flatMap((one) => {
      const directory = one.get('project_directory').text();
      return (one.isMap ? one.get('path') : one).texts().flatMap(({ text }) => {
        const path = posix.normalize(posix.join(folder, text));
        const own = directory === undefined ? posix.dirname(path) : posix.join(folder, directory);
        return all
          .filter((other) => other.file.path === path && other.file !== file)
          .map((other) => ({ ...other, folder: own }));
      });
    });
}

/** Paths of the files whose services a file's own extend. */
function extendedBy({ file, root }: ComposeFile): string[] {
  return root
    .get('services')
    .entries()
    .flatMap(({ value }) => value.at('extends', 'file').texts())
    .map(({ text }) => posix.normalize(posix.join(posix.dirname(file.path), text)))
    .filter((path) => path !== file.path);
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
): Omit<Compose, 'isPart'> {
  const [first] = files;
  if (!first) throw new Error('a project has no file');
  const home = posix.dirname(first.file.path);
  const folders = new Map(files.map(({ file, folder }) => [file, folder]));
  const surroundings: Surroundings = {
    fromHome: (path, file) => {
      const folder = folders.get(file);
      if (folder === undefined || !/^\.\.?(\/|$)/.test(path)) return path;
      const moved = posix.relative(home, posix.join(folder, path));
      return moved.startsWith('..') ? moved : `./${moved}`;
    },
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
