import { readFileSync, readdirSync } from 'node:fs';
import { mkdir, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type Docker from 'dockerode';
import { build } from 'esbuild';
import { pack } from 'tar-stream';
import { followed } from './follow.ts';
import {
  CONTENT_LABEL,
  NAME_LABEL,
  SOURCE_LABEL,
  VERSION_LABEL,
  hashOf,
  qualified,
} from './labels.ts';
import { NAMESPACE } from '../model/project-name.ts';

const PROJECT = fileURLToPath(new URL('../..', import.meta.url));
const SOURCES = join(PROJECT, 'fake-services');
/** The folder that the Dockerfile copies from. */
const BUNDLES = join(SOURCES, 'dist');
/** The name of an image of this project. */
const OWN_IMAGE = new RegExp(`^${NAMESPACE}/(?:fake-)?([\\w-]+):`);
/** Libraries written for `require` find one. */
const BANNER =
  "import { createRequire } from 'node:module';\nconst require = createRequire(import.meta.url);";

/** The fake services, as files of `fake-services/` without their ending. */
export const SERVICES = readdirSync(SOURCES)
  .filter((name) => name.endsWith('.ts'))
  .map((name) => name.slice(0, -'.ts'.length))
  .sort();

/** What the services' images stand on: the Dockerfile says it. */
export function baseOfServices(): string {
  return /^FROM (\S+)/m.exec(readFileSync(join(SOURCES, 'Dockerfile'), 'utf8'))?.[1] ?? '';
}

/**
 * The service that an image is made of: `…/api:0.1.0` → `api`, `…/fake-storage:0.1.0` → `storage`.
 */
export function serviceOf(name: string): string | undefined {
  const service = OWN_IMAGE.exec(name)?.[1];
  return service !== undefined && SERVICES.includes(service) ? service : undefined;
}

/**
 * Hash of all that goes into the services' images: their sources, the Dockerfile, and the exact
 * versions of the libraries.
 */
export function contentOfServices(): string {
  const files = readdirSync(SOURCES, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && !entry.parentPath.startsWith(BUNDLES))
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
  return hashOf(
    [join(PROJECT, 'package-lock.json'), ...files].map((path) => [
      path.slice(PROJECT.length),
      readFileSync(path, 'utf8'),
    ]),
  );
}

/**
 * Bundles each service with its libraries into one file, `fake-services/dist/NAME.mjs`, so that its
 * image needs no package registry to be built.
 */
export async function bundleServices(
  services: string[] = SERVICES,
): Promise<Record<string, Uint8Array>> {
  const { outputFiles } = await build({
    absWorkingDir: SOURCES,
    entryPoints: services.map((service) => `${service}.ts`),
    bundle: true,
    platform: 'node',
    format: 'esm',
    target: 'node20',
    write: false,
    outdir: 'dist',
    outExtension: { '.js': '.mjs' },
    legalComments: 'none',
    banner: { js: BANNER },
    logLevel: 'silent',
  });
  await mkdir(BUNDLES, { recursive: true });
  const bundles = await Promise.all(
    outputFiles.map(async ({ path, contents }, i) => {
      // Put in place at once: whoever builds at the same time finds a whole file.
      await writeFile(`${path}.${process.pid}`, contents);
      await rename(`${path}.${process.pid}`, path);
      return [services[i] ?? '', contents] as const;
    }),
  );
  return Object.fromEntries(bundles);
}

/**
 * Builds one service's image, as `docker build --build-arg SERVICE=… fake-services` does.
 * @throws Error with the engine's words
 */
export async function buildService(
  docker: Docker,
  name: string,
  service: string,
  bundles: Record<string, Uint8Array>,
  content: string,
): Promise<void> {
  const context = pack();
  context.entry({ name: 'Dockerfile' }, readFileSync(join(SOURCES, 'Dockerfile')));
  context.entry({ name: `dist/${service}.mjs`, mode: 0o644 }, Buffer.from(bundles[service] ?? []));
  context.finalize();
  const version = name.slice(name.lastIndexOf(':') + 1);
  const labels = {
    [NAME_LABEL]: name,
    [SOURCE_LABEL]: 'repository',
    [CONTENT_LABEL]: content,
    [VERSION_LABEL]: version,
  };
  await followed(
    await docker.buildImage(context as unknown as NodeJS.ReadableStream, {
      t: qualified(name),
      buildargs: { SERVICE: service },
      labels,
      rm: true,
      forcerm: true,
    }),
  );
}
