import { createWriteStream } from 'node:fs';
import { mkdir, readFile, readdir } from 'node:fs/promises';
import { dirname, join, posix, relative, sep } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { extract, pack } from 'tar-stream';

/** A file that a container gets before it starts. */
export interface Placed {
  /** Absolute path in the container. */
  path: string;
  content: string | Buffer;
  /**
   * 0644 unless said: whoever the container runs as has to read it, and nobody else is in there.
   */
  mode?: number;
}

/**
 * Files as a tar archive for the engine's `PUT /containers/{id}/archive` at `/`. Their folders are
 * in it too: what the engine makes by itself on the way is open to everybody. Top folders (`/etc`)
 * are the image's own.
 */
export async function archiveOf(files: Placed[]): Promise<Buffer> {
  const tar = pack();
  const chunks: Buffer[] = [];
  tar.on('data', (chunk) => chunks.push(chunk as Buffer));
  const ended = new Promise<void>((resolve, reject) => tar.on('end', resolve).on('error', reject));
  const folders = new Set(files.flatMap((file) => parents(file.path)));
  for (const folder of [...folders].sort())
    tar.entry({ name: `${folder.slice(1)}/`, type: 'directory', mode: 0o755 });
  for (const { path, content, mode } of files)
    tar.entry({ name: path.slice(1), mode: mode ?? 0o644 }, content);
  tar.finalize();
  await ended;
  return Buffer.concat(chunks);
}

/** Every folder on the way to a file, but for the top one. */
function parents(path: string): string[] {
  const parts = posix.dirname(path).split('/').filter(Boolean);
  return parts.slice(1).map((_, i) => `/${parts.slice(0, i + 2).join('/')}`);
}

/**
 * Unpacks the files of an archive that the engine gives out of a container, by their names alone,
 * into a folder.
 */
export async function unpackInto(archive: NodeJS.ReadableStream, dir: string): Promise<void> {
  const tar = extract();
  const writing: Promise<void>[] = [];
  tar.on('entry', (header, stream, next) => {
    const name = posix.basename(header.name);
    if (header.type !== 'file') stream.resume();
    else writing.push(pipeline(stream, createWriteStream(join(dir, name))));
    stream.on('end', next);
  });
  await pipeline(archive, tar);
  await Promise.all(writing);
}

/**
 * Unpacks what is in the one folder of an archive that the engine gives out of a container, with
 * the folders below it.
 * @throws Error when a name leads out of the folder
 */
export async function unpackFolder(archive: NodeJS.ReadableStream, dir: string): Promise<void> {
  const tar = extract();
  await mkdir(dir, { recursive: true });
  tar.on('entry', (header, stream, next) => {
    const inner = posix.normalize(header.name).split('/').slice(1).join('/');
    if (inner.startsWith('..')) return void tar.destroy(new Error(`${header.name} leads out`));
    if (header.type !== 'file') {
      stream.resume();
      return void stream.on('end', next);
    }
    const path = join(dir, inner);
    mkdir(dirname(path), { recursive: true })
      .then(() => pipeline(stream, createWriteStream(path)))
      .then(() => next(), next);
  });
  await pipeline(archive, tar);
}

/** All files below a folder of this machine, placed below a folder of the container. */
export async function filesBelow(dir: string, target: string): Promise<Placed[]> {
  const entries = await readdir(dir, { recursive: true, withFileTypes: true });
  return Promise.all(
    entries
      .filter((e) => e.isFile())
      .map(async (e) => {
        const full = join(e.parentPath, e.name);
        return {
          path: posix.join(target, relative(dir, full).split(sep).join('/')),
          content: await readFile(full),
        };
      }),
  );
}

/**
 * Makes a folder and unpacks into it what the engine has at a path of a container; false when there
 * is nothing.
 */
export async function fetchFrom(
  container: { getArchive: (options: { path: string }) => Promise<NodeJS.ReadableStream> },
  path: string,
  dir: string,
): Promise<boolean> {
  await mkdir(dir, { recursive: true });
  try {
    await unpackInto(await container.getArchive({ path }), dir);
    return true;
  } catch (error) {
    if ((error as { statusCode?: number }).statusCode === 404) return false;
    throw error;
  }
}
