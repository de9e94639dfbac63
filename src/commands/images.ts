import { join, resolve } from 'node:path';
import { HarnessError } from '../lib/errors.ts';
import { nearest } from '../lib/nearest.ts';
import { imagesText } from '../report/images.ts';
import { connectEngine } from '../container-engine/engine.ts';
import {
  STAND_INS,
  ensureImages,
  isService,
  lookAtImages,
  ownImages,
  removeImages,
} from '../images/index.ts';
import type { Removal } from '../images/index.ts';
import { defaultCacheDir } from '../programs/index.ts';
import { readCompose } from '../spec/compose/index.ts';
import type { Output } from './output.ts';
import { PROJECT_DIR } from './paths.ts';

export interface ImagesOptions {
  /** Names, or parts of them; all by default. */
  names: string[];
  /** The stack's folder, whose compose.yaml pins the images; this project's own by default. */
  stack?: string;
  /** Only tell what is there. */
  list?: boolean;
  fresh?: boolean;
  pull?: boolean;
  /** Remove what was made here. */
  remove?: boolean;
  cacheDir?: string;
}

/** What `services` stands for on the command line. */
const SERVICES = 'services';

/**
 * `npm run images`: makes the images that a stack pins, without a registry, and tells what there
 * is.
 * @returns the exit code: 0, or 2 when an image that was asked for by its name isn't there
 */
export async function images(
  options: ImagesOptions,
  output: Output,
  signal: AbortSignal,
): Promise<0 | 2> {
  const started = Date.now();
  const all = await pinnedImages(resolve(options.stack ?? join(PROJECT_DIR, 'stack')));
  const names = chosen(options.names, all);
  const engine = await connectEngine();
  if (options.remove) {
    tellRemovals(
      await removeImages(engine.docker, options.names.length > 0 ? names : undefined),
      output,
    );
    return 0;
  }
  const cacheDir = options.cacheDir ?? defaultCacheDir();
  const onProgress = (line: string): void => {
    if (!output.quiet) output.error(line);
  };
  const found = options.list
    ? await lookAtImages(engine, names, cacheDir)
    : await ensureImages(engine, {
        names,
        named: options.names.length > 0 ? names : [],
        fresh: options.fresh ?? false,
        pull: options.pull ?? false,
        cacheDir,
        onProgress,
        signal,
      });
  output.print(imagesText(found, { color: output.color }));
  output.print(`\n${engine.text}, ${((Date.now() - started) / 1000).toFixed(1)} s.`);
  return options.names.length > 0 && !options.list && found.some(({ state }) => state === 'none')
    ? 2
    : 0;
}

/**
 * Every image that the stack's compose file pins, then what the harness itself uses, and the fakes.
 * @throws InputError with each problem of the file
 */
export async function pinnedImages(stackDir: string): Promise<string[]> {
  const { services } = await readCompose(stackDir, []);
  return [
    ...new Set([
      ...services.map(({ image }) => image),
      ...ownImages(),
      ...Object.values(STAND_INS),
    ]),
  ];
}

/**
 * The images that are meant by what was written: a full name, one without its tag, its last part,
 * or `services`.
 * @throws HarnessError with the nearest name for one that means none
 */
export function chosen(asked: string[], all: string[]): string[] {
  if (asked.length === 0) return all;
  const repository = (name: string): string => name.replace(/:[^:/]*$/, '');
  const short = (name: string): string => repository(name).split('/').at(-1) ?? '';
  return [
    ...new Set(
      asked.flatMap((text) => {
        const meant =
          text === SERVICES
            ? all.filter(isService)
            : all.filter((name) => [name, repository(name), short(name)].includes(text));
        if (meant.length > 0) return meant;
        const near = nearest(text, [
          SERVICES,
          ...all.flatMap((name) => [name, repository(name), short(name)]),
        ]);
        throw new HarnessError(
          `the stack pins no image \`${text}\``,
          near === undefined
            ? `Expected ${SERVICES}, or one of ${all.join(', ')}.`
            : `Did you mean ${near}? \`npm run images -- --list\` tells all.`,
        );
      }),
    ),
  ];
}

function tellRemovals(removals: Removal[], output: Output): void {
  const kept = removals.filter((removal) => removal.kept !== undefined);
  for (const { name, kept: why } of kept) output.print(`left ${name}: ${why ?? ''}`);
  output.print(
    removals.length === 0
      ? 'There was none that was made here.'
      : `Removed ${removals.length - kept.length} of ${removals.length} images that were made here.`,
  );
}
