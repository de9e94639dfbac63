import { Buffer } from 'node:buffer';
import { SourceFile } from './source-file.ts';
import type { Embedding } from './source-file.ts';
import type { Place, Value } from './value.ts';

/** One document of a file, or of a file within it: what it is, is known by what is in it. */
export interface StackDocument {
  /** The file itself, or the one within it that a ConfigMap or Secret holds. */
  file: SourceFile;
  root: Value;
  /** Namespace of the Kubernetes resource that it is, or that holds it. */
  namespace: string | undefined;
}

/** Resources within lists within lists: nobody nests them deeper. */
const DEEPEST_LIST = 4;

/**
 * The documents of a file: each of a YAML stream, each item of a list of Kubernetes resources
 * (`kind: List`, or a JSON list as jsonnet prints one), and the files that ConfigMaps and Secrets
 * hold.
 */
export function documentsOf(file: SourceFile): StackDocument[] {
  if (file.documents.length === 0) return [{ file, root: file.root, namespace: undefined }];
  return file.documents.flatMap((root) => resources(root, 0)).flatMap((root) => expand(file, root));
}

function resources(root: Value, depth: number): Value[] {
  const items = root.isList
    ? root.items()
    : isResource(root) && /List$/.test(root.get('kind').text() ?? '')
      ? root.get('items').items()
      : [];
  if (depth >= DEEPEST_LIST || items.length === 0 || !items.some(isResource)) return [root];
  return items.flatMap((item) => resources(item, depth + 1));
}

/** Whether a value is a resource of Kubernetes. */
function isResource(root: Value): boolean {
  return root.get('apiVersion').text() !== undefined && root.get('kind').text() !== undefined;
}

function expand(file: SourceFile, root: Value): StackDocument[] {
  const namespace = isResource(root) ? root.at('metadata', 'namespace').text() : undefined;
  const own = [{ file, root, namespace }];
  // A file within a file within a file is nothing that anybody mounts.
  if (!isResource(root) || file.embedding) return own;
  const held = heldFiles(root).flatMap(({ name, value, encoded }) =>
    (encoded ? decoded(name, value) : embedded(name, value)).flatMap((inner) =>
      documentsOf(inner).map((document) => ({ ...document, namespace })),
    ),
  );
  return held.length > 0 ? held : own;
}

/**
 * The texts of a resource that are files: data of a ConfigMap or Secret, the JSON of a
 * GrafanaDashboard.
 */
function heldFiles(root: Value): { name: string; value: Value; encoded: boolean }[] {
  const under = (key: string, encoded: boolean): ReturnType<typeof heldFiles> =>
    root
      .get(key)
      .entries()
      .map((e) => ({ name: e.key, value: e.value, encoded }));
  switch (root.get('kind').text() ?? '') {
    case 'ConfigMap':
      return [...under('data', false), ...under('binaryData', true)];
    case 'Secret':
      return [...under('stringData', false), ...under('data', true)];
    case 'GrafanaDashboard':
      return [{ name: 'dashboard.json', value: root.at('spec', 'json'), encoded: false }];
    default:
      return [];
  }
}

function embedded(name: string, value: Value): SourceFile[] {
  const text = value.text();
  const place = (from: number, to: number): Place => value.within(from, to);
  return text !== undefined && isFile(text) ? [fileIn(name, value, text, place)] : [];
}

/** Of what is encoded nobody can read a place: all of it has the place of the value. */
function decoded(name: string, value: Value): SourceFile[] {
  const encoded = value.text();
  if (encoded === undefined || !/^[A-Za-z0-9+/=\s]+$/.test(encoded)) return [];
  try {
    const bytes = Buffer.from(encoded, 'base64');
    const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    return isFile(text) ? [fileIn(name, value, text, () => value.place)] : [];
  } catch {
    // A key, a certificate, an archive: no text.
    return [];
  }
}

function fileIn(
  name: string,
  { file }: Value,
  text: string,
  place: Embedding['place'],
): SourceFile {
  return new SourceFile({ path: file.path, text }, { outer: file, name, place });
}

/** A setting has one line, a file more than one; JSON may have one. */
function isFile(text: string): boolean {
  return text.includes('\n') || /^\s*\{/.test(text);
}
