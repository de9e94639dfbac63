import { readFile } from 'node:fs/promises';
import type Docker from 'dockerode';
import { extract } from 'tar-stream';
import { HarnessError } from '../../lib/errors.ts';
import { K6_VERSION, presentK6 } from '../../programs/k6.ts';
import { markOf } from '../../lib/process-mark.ts';
import { OWNER_LABEL, RUN_LABEL } from '../../container-engine/engine.ts';
import type { Engine } from '../../container-engine/engine.ts';
import { versionOf } from '../../images/presence.ts';

/** Where the image of k6 has the program. */
const PROGRAM = '/usr/bin/k6';

/**
 * The k6 program for the driver: this machine's own if it fits the engine's processor, else the
 * cache's, else the one in k6's image, out of a container that is never started.
 * @param cached path of the cache's k6; undefined when there is no cache
 * @param image name of k6's image if the engine has it
 * @returns the program, and its version
 * @throws HarnessError when there is none of these
 */
export async function k6For(
  engine: Engine,
  cached: string | undefined,
  image: string | undefined,
): Promise<{ program: Buffer; version: string }> {
  if (engine.arch === process.arch) {
    const own = await presentK6();
    if (own) return { program: await readFile(own.path), version: own.version };
    const program =
      cached === undefined ? undefined : await readFile(cached).catch(() => undefined);
    if (program) return { program, version: K6_VERSION };
  }
  if (image !== undefined)
    return {
      program: await fromImage(engine.docker, image),
      version: await versionOf(engine.docker, image),
    };
  throw new HarnessError(
    `there is no k6 for the engine (${engine.arch})`,
    'Any of these will do: `npm run fetch`, a k6 1.x on the PATH or in K6_BIN, or the image of k6 (`npm run images`).',
  );
}

async function fromImage(docker: Docker, image: string): Promise<Buffer> {
  const container = await docker.createContainer({
    Image: image,
    Cmd: ['version'],
    Labels: { [RUN_LABEL]: 'k6', [OWNER_LABEL]: markOf() },
  });
  try {
    const archive = await container.getArchive({ path: PROGRAM });
    return await onlyFile(archive);
  } finally {
    await container.remove({ force: true, v: true });
  }
}

function onlyFile(archive: NodeJS.ReadableStream): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const tar = extract();
    const chunks: Buffer[] = [];
    tar.on('entry', (_header, stream, next) => {
      stream.on('data', (chunk) => chunks.push(chunk as Buffer)).on('end', next);
    });
    tar.on('finish', () => resolve(Buffer.concat(chunks))).on('error', reject);
    archive.on('error', reject).pipe(tar);
  });
}
