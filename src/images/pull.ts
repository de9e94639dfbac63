import type Docker from 'dockerode';
import { messageOf } from '../lib/errors.ts';
import { followed } from './follow.ts';
import type { EngineEvent } from './follow.ts';

const PROGRESS_EVERY_MS = 2_000;
/**
 * A registry's own answer: the next image may be had all the same. Anything else means that the
 * registry can't be reached.
 */
const ANSWER =
  /not found|manifest unknown|denied|unauthorized|toomanyrequests|rate limit|no matching manifest/i;

/**
 * Pulls images, one after the other.
 * @returns for each name that couldn't be pulled, why. After a registry that can't be reached it
 * isn't asked again
 */
export async function pullImages(
  docker: Docker,
  names: string[],
  onProgress: (line: string) => void,
  signal: AbortSignal,
): Promise<Map<string, string>> {
  const refused = new Map<string, string>();
  const unreachable = new Map<string, string>();
  for (const name of names) {
    const registry = registryOf(name);
    const known = unreachable.get(registry);
    const problem = known ?? (await pull(docker, name, onProgress, signal));
    if (problem === undefined) continue;
    refused.set(name, problem);
    if (!ANSWER.test(problem)) unreachable.set(registry, problem);
  }
  return refused;
}

/** Pulls one image; returns why not, in the engine's words. */
async function pull(
  docker: Docker,
  name: string,
  onProgress: (line: string) => void,
  signal: AbortSignal,
): Promise<string | undefined> {
  const parts = new Map<string, { current: number; total: number }>();
  const sum = (of: 'current' | 'total'): number =>
    Math.round([...parts.values()].reduce((all, part) => all + part[of], 0) / 1e6);
  const take = ({ status, id, progressDetail }: EngineEvent): void => {
    if (status === 'Downloading' && id !== undefined)
      parts.set(id, { current: progressDetail?.current ?? 0, total: progressDetail?.total ?? 0 });
  };
  onProgress(`pulling ${name}`);
  const ticker = setInterval(
    () => parts.size > 0 && onProgress(`  ${sum('current')} of ${sum('total')} MB`),
    PROGRESS_EVERY_MS,
  );
  try {
    await followed(await docker.pull(name, { abortSignal: signal }), take);
    return undefined;
  } catch (error) {
    signal.throwIfAborted();
    return engineWords(messageOf(error));
  } finally {
    clearInterval(ticker);
  }
}

/** `quay.io/x/y:1` → `quay.io`; a name without one is Docker Hub's. */
export function registryOf(name: string): string {
  const [first = '', ...rest] = name.split('/');
  return rest.length > 0 && /[.:]|^localhost$/.test(first) ? first : 'docker.io';
}

/** An engine's error without what the client puts around it. */
export function engineWords(text: string): string {
  return text
    .replace(/^\(HTTP code \d+\) [\w ]+ - /, '')
    .replace(/^Error response from daemon: /, '')
    .replace(/\s+/g, ' ')
    .trim();
}
