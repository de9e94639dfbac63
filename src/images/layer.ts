import { createReadStream, lstatSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { lstat, readlink, stat } from 'node:fs/promises';
import { basename, join, relative } from 'node:path';
import { execa } from 'execa';
import { pack } from 'tar-stream';
import type { Header as FullHeader, Pack } from 'tar-stream';
import type { Extra } from './skeleton.ts';

/**
 * What no program here needs, as paths under usr: interpreters that only helpers of packages use,
 * and what is there to develop with.
 */
const LEFT_OUT =
  /^(?:bin\/(?:python|py3|pydoc|pygettext|pip|pdb3|perl|cpan)|lib\/python|lib\/[^/]+\/perl|share\/(?:python|perl|bug|doc-base|pixmaps|applications)|include|src|games)/;
/**
 * How the layer is put together, for the hash of its content: the number goes up with what the rest
 * doesn't tell.
 */
export const LAYER_RULES = [2, LEFT_OUT.source];
/** Certificates that Debian's package trusts; its installation would put them into one file. */
const AUTHORITY = /\/share\/ca-certificates\/.*\.crt$/;

type Header = Partial<FullHeader> & { name: string };

/** The tar archive of a root file system. */
export interface Layer {
  archive: Pack;
  /** Size of the files in it. */
  bytes: number;
  /** Size of those that have been packed. */
  doneBytes: () => number;
}

export interface LayerContent {
  /** Folders that are laid over each other as /usr, the first one first. */
  usr: string[];
  /** Single programs from elsewhere: path in the image → path here. */
  programs: Record<string, string>;
  extras: Extra[];
}

/** Where what is at a path of the archive comes from: a file here, or what is written out. */
type Origin = string | Extra;

/**
 * Puts a root file system together as one tar archive, in which everything belongs to root unless
 * it says otherwise and nothing is setuid. Nothing is copied on the disk. A file that can't be read
 * ends the archive with its error.
 */
export function packLayer(content: LayerContent): Layer {
  // Sorted, a folder comes before what is in it.
  const files = [...originsOf(content)].sort(([a], [b]) => (a < b ? -1 : 1));
  const isProgram = (path: string): boolean => path in content.programs;
  const bytes = files.reduce(
    (sum, [path, from]) =>
      sum + (typeof from === 'string' ? (isProgram(path) ? statSync : lstatSync)(from).size : 0),
    0,
  );
  const archive = pack();
  let done = 0;
  const packAll = async (): Promise<void> => {
    for (const [path, from] of files) {
      if (typeof from !== 'string') await add(archive, headerOf(from), from.text);
      else await addFrom(archive, path, from, isProgram(path), (read) => (done += read));
    }
    archive.finalize();
  };
  packAll().catch((error: unknown) =>
    archive.destroy(error instanceof Error ? error : new Error(String(error))),
  );
  return { archive, bytes, doneBytes: () => done };
}

/** What is in the archive, by path; what comes later takes the place of what was there. */
function originsOf({ usr, programs, extras }: LayerContent): Map<string, Origin> {
  const files = new Map<string, Origin>();
  for (const root of usr)
    for (const entry of readdirSync(root, { recursive: true, withFileTypes: true })) {
      const from = join(entry.parentPath, entry.name);
      if (!LEFT_OUT.test(relative(root, from))) files.set(join('usr', relative(root, from)), from);
    }
  for (const [path, from] of Object.entries(programs)) files.set(path, from);
  const authorities = [...files.values()]
    .filter((from): from is string => typeof from === 'string' && AUTHORITY.test(from))
    .sort()
    .map((from) => readFileSync(from, 'utf8'))
    .join('');
  for (const extra of [...extras, { path: 'etc/ssl/certs/ca-certificates.crt', text: authorities }])
    files.set(extra.path, extra);
  return files;
}

/** @param isFollowed whether a link is packed as the file that it leads to */
async function addFrom(
  archive: Pack,
  path: string,
  from: string,
  isFollowed: boolean,
  onRead: (bytes: number) => void,
): Promise<void> {
  const info = await (isFollowed ? stat(from) : lstat(from));
  const header = { name: path, mode: info.mode & 0o777, mtime: info.mtime };
  if (info.isDirectory()) return add(archive, { ...header, type: 'directory' });
  if (info.isSymbolicLink())
    return add(archive, { ...header, type: 'symlink', linkname: await readlink(from) });
  return addFile(archive, { ...header, size: info.size }, from, onRead);
}

function headerOf({ path, link, text, mode, owner }: Extra): Header {
  const common = { name: path, uid: owner ?? 0, gid: owner ?? 0, mtime: new Date(0) };
  if (link !== undefined) return { ...common, type: 'symlink', linkname: link };
  return { ...common, mode: mode ?? 0o644, type: text === undefined ? 'directory' : 'file' };
}

function add(archive: Pack, header: Header, text?: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const done = (error?: Error | null): void => (error ? reject(error) : resolve());
    const entry =
      text === undefined ? archive.entry(header, done) : archive.entry(header, text, done);
    entry.on('error', reject);
  });
}

function addFile(
  archive: Pack,
  header: Header,
  from: string,
  onRead: (bytes: number) => void,
): Promise<void> {
  return new Promise((resolve, reject) => {
    const entry = archive.entry(header, (error) => (error ? reject(error) : resolve()));
    const file = createReadStream(from, { highWaterMark: 1024 * 1024 });
    file.on('data', (chunk) => onRead(chunk.length));
    file.on('error', (error) => entry.destroy(error));
    entry.on('error', (error) => {
      file.destroy();
      reject(error);
    });
    file.pipe(entry);
  });
}

/**
 * Names of the shared libraries that a program needs and none of the folders has. A program that is
 * linked statically needs none.
 */
export async function missingLibraries(program: string, usr: string[]): Promise<string[]> {
  const { stdout } = await execa('ldd', [program], { reject: false });
  const needed = [...stdout.matchAll(/^\s*(\S+\.so\S*)/gm)]
    .map(([, name]) => basename(name ?? ''))
    .filter((name) => !name.startsWith('linux-vdso'));
  const present = new Set(
    usr
      .flatMap((root) => readdirSync(root, { recursive: true, encoding: 'utf8' }))
      .map((path) => basename(path)),
  );
  return needed.filter((name) => !present.has(name));
}
