import { posix } from 'node:path';
import type { SourceFile } from '../source/source-file.ts';
import { Value } from '../source/value.ts';
import type { Place } from '../source/value.ts';
import type { EnvEntry } from './env-file.ts';
import { mergedValues } from './merged.ts';

export interface Mount {
  value: Value;
  /** A named volume, a path of the host, or empty for an unnamed volume; variables filled in. */
  source: string;
  target: string;
}

export interface EnvironmentEntry {
  key: string;
  /** As written; variables not filled in. Undefined: passed through from whoever starts it. */
  text: string | undefined;
  place: Place;
  /** Where it is written. */
  from: 'environment' | 'env_file';
}

/** A service of a project, as its files together make it. */
export interface Service {
  name: string;
  /** As each file has it, the one that has the last word at the end. */
  values: Value[];
  /** What stands under a key, in the last file that has it. */
  get: (key: string) => Value;
  image: Value;
  /** The image's name without registry, tag and digest: `prom/prometheus`. */
  program: string;
  ports: Value[];
  mounts: Mount[];
  environment: EnvironmentEntry[];
}

/** What a service's texts are filled in with. */
export interface Surroundings {
  fill: (text: string) => string;
  /** A relative path of a file, as it is from the project's first file. */
  fromHome: (path: string, file: SourceFile) => string;
  /** The variables of a file that `env_file` names; undefined when it isn't here. */
  envFile: (path: string, from: SourceFile) => EnvEntry[] | undefined;
  /** The file that a config of the project is; undefined when it is none. */
  configFile: (name: string) => string | undefined;
}

/** @param values the service in each file that has it, in the order in which Compose merges them */
export function readService(name: string, values: Value[], surroundings: Surroundings): Service {
  const get = (key: string): Value =>
    values.findLast((value) => value.get(key).exists)?.get(key) ??
    values[0]?.get(key) ??
    noValue(values);
  const written = values.flatMap((value) => [
    ...value
      .get('volumes')
      .items()
      .flatMap((one) => readMount(one, surroundings.fill)),
    ...value
      .get('configs')
      .items()
      .flatMap((one) => readConfig(one, surroundings)),
  ]);
  const mounts = written.map((mount) => ({
    ...mount,
    source: surroundings.fromHome(mount.source, mount.value.file),
  }));
  return {
    name,
    values,
    get,
    image: get('image'),
    program: programOf(surroundings.fill(get('image').text() ?? '')),
    ports: mergedValues(values, 'ports').flatMap((value) => value.items()),
    // Of two mounts at one path the later one counts.
    mounts: [...new Map(mounts.map((mount) => [posix.normalize(mount.target), mount])).values()],
    environment: readEnvironment(values, surroundings),
  };
}

function noValue(values: Value[]): Value {
  const [first] = values;
  if (!first) throw new Error('a service stands in no file');
  return new Value(first.file, undefined);
}

/** `environment` goes before `env_file`, a later file before an earlier one. */
function readEnvironment(values: Value[], { envFile }: Surroundings): EnvironmentEntry[] {
  const fromFiles = values.flatMap((value) =>
    envFilesOf(value).flatMap(({ text }) =>
      (envFile(text, value.file) ?? []).map((entry) => ({ ...entry, from: 'env_file' as const })),
    ),
  );
  const own = values.flatMap((value) => pairs(value.get('environment')));
  return [...new Map([...fromFiles, ...own].map((entry) => [entry.key, entry])).values()];
}

/**
 * The files that `env_file` names: one, a list, or a list of maps with a `path`; those that are
 * `optional` may be missing.
 */
export function envFilesOf(service: Value): { text: string; value: Value; optional: boolean }[] {
  const named = service.get('env_file');
  return (named.isList ? named.items() : [named]).flatMap((one) =>
    (one.isMap ? one.get('path') : one)
      .texts()
      .map((file) => ({ ...file, optional: one.get('required').isFalse() })),
  );
}

function pairs(environment: Value): EnvironmentEntry[] {
  if (!environment.isList)
    return environment.entries().map((e) => ({
      key: e.key,
      text: e.value.text(),
      place: e.value.place,
      from: 'environment',
    }));
  return environment.texts().map(({ text, value }) => {
    const equals = text.indexOf('=');
    return {
      key: equals < 0 ? text : text.slice(0, equals),
      text: equals < 0 ? undefined : text.slice(equals + 1),
      place: value.place,
      from: 'environment',
    };
  });
}

/** `registry:5000/prom/prometheus:v3@sha256:…` → `prom/prometheus`. */
function programOf(image: string): string {
  const parts = (image.split('@')[0] ?? '').split('/');
  const first = parts[0] ?? '';
  const named =
    parts.length > 1 && (/[.:]/.test(first) || first === 'localhost') ? parts.slice(1) : parts;
  return named.join('/').replace(/:[^/]*$/, '');
}

/** A config is a file that is mounted: by its name alone at the root, or where `target` says. */
function readConfig(value: Value, { fill, configFile }: Surroundings): Mount[] {
  const name = (value.isMap ? value.get('source') : value).text() ?? '';
  const file = configFile(name);
  if (file === undefined) return [];
  const target = fill(value.get('target').text() ?? `/${name}`);
  const source = fill(file);
  return [{ value, source: /^[./]/.test(source) ? source : `./${source}`, target }];
}

/** `source:target:mode`, or the long form. */
function readMount(value: Value, fill: (text: string) => string): Mount[] {
  const text = (key: string): string => fill(value.get(key).text() ?? '');
  if (value.isMap) return [{ value, source: text('source'), target: text('target') }];
  const written = value.text();
  if (written === undefined) return [];
  // A variable's own colon (`${A:-b}`) separates nothing.
  const parts = fill(written).match(/(?:\$\{[^}]*\}|[^:])+/g) ?? [];
  return [
    parts.length === 1
      ? { value, source: '', target: parts[0] ?? '' }
      : { value, source: parts[0] ?? '', target: parts[1] ?? '' },
  ];
}
