import type { SourceFile } from './source/source-file.ts';
import type { Value } from './source/value.ts';

export interface Mount {
  value: Value;
  /** A named volume, a path of the host, or empty for an unnamed volume. */
  source: string;
  target: string;
}

export interface Service {
  name: string;
  value: Value;
  image: Value;
  /** The image's name without registry, tag and digest: `prom/prometheus`. */
  program: string;
  ports: Value[];
  mounts: Mount[];
  environment: { key: string; text: string; value: Value }[];
}

/** A compose file, as far as it can be read. */
export interface Compose {
  file: SourceFile;
  root: Value;
  services: Service[];
  volumes: string[];
}

export function readCompose(file: SourceFile): Compose {
  const { root } = file;
  return {
    file,
    root,
    volumes: root
      .get('volumes')
      .entries()
      .map((e) => e.key),
    services: root
      .get('services')
      .entries()
      .filter((e) => e.value.isMap)
      .map(({ key, value }) => readService(key, value)),
  };
}

function readService(name: string, value: Value): Service {
  const image = value.get('image');
  const environment = value.get('environment');
  const pairs = environment.isList
    ? environment.texts().map(({ text, value: v }) => ({
        key: text.split('=')[0] ?? '',
        text: text.slice(text.indexOf('=') + 1),
        value: v,
      }))
    : environment
        .entries()
        .map((e) => ({ key: e.key, text: e.value.text() ?? '', value: e.value }));
  return {
    name,
    value,
    image,
    program: programOf(image.text() ?? ''),
    ports: value.get('ports').items(),
    mounts: value.get('volumes').items().flatMap(readMount),
    environment: pairs,
  };
}

/** `registry:5000/prom/prometheus:v3@sha256:…` → `prom/prometheus`. */
function programOf(image: string): string {
  const parts = (image.split('@')[0] ?? '').split('/');
  const first = parts[0] ?? '';
  const named =
    parts.length > 1 && (/[.:]/.test(first) || first === 'localhost') ? parts.slice(1) : parts;
  return named.join('/').replace(/:[^/]*$/, '');
}

/** `source:target:mode`, or the long form. */
function readMount(value: Value): Mount[] {
  if (value.isMap)
    return [
      { value, source: value.get('source').text() ?? '', target: value.get('target').text() ?? '' },
    ];
  const text = value.text();
  if (text === undefined) return [];
  // A variable's own colon (`${A:-b}`) separates nothing.
  const parts = text.match(/(?:\$\{[^}]*\}|[^:])+/g) ?? [];
  return [
    parts.length === 1
      ? { value, source: '', target: parts[0] ?? '' }
      : { value, source: parts[0] ?? '', target: parts[1] ?? '' },
  ];
}
