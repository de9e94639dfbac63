import type Docker from 'dockerode';
import { messageOf } from '../../lib/errors.ts';

/** Whether the engine has an image. */
export async function isPresent(docker: Docker, name: string): Promise<boolean> {
  try {
    await docker.getImage(name).inspect();
    return true;
  } catch (error) {
    if ((error as { statusCode?: number }).statusCode === 404) return false;
    throw error;
  }
}

/** The version that an image says it holds, else its tag. */
export async function versionOf(docker: Docker, name: string): Promise<string> {
  const { Config: config } = await docker.getImage(name).inspect();
  const version = config.Labels?.['org.opencontainers.image.version'];
  const tag = name.slice(name.lastIndexOf(':') + 1);
  return version === undefined || version === tag ? tag : `${version} (as ${tag})`;
}

interface PullEvent {
  id?: string;
  status?: string;
  error?: string;
  progressDetail?: { current?: number; total?: number };
}

const TELL_EVERY_MS = 2_000;

/**
 * Pulls an image from wherever the engine pulls from.
 * @param onProgress a line now and then, for what takes its time
 * @throws Error with the engine's words; the signal's reason when aborted
 */
export async function pull(docker: Docker, name: string, onProgress: (line: string) => void, signal: AbortSignal): Promise<void> {
  signal.throwIfAborted();
  const stream = (await docker.pull(name)) as NodeJS.ReadableStream & { destroy: () => void };
  const layers = new Map<string, { current: number; total: number }>();
  const megabytes = (bytes: number): string => `${Math.round(bytes / 1e6)} MB`;
  let told = Date.now();
  const stop = (): void => stream.destroy();
  signal.addEventListener('abort', stop, { once: true });
  try {
    await new Promise<void>((resolve, reject) => {
      docker.modem.followProgress(stream, (error) => (error ? reject(error) : resolve()), (event: PullEvent) => {
        if (event.error !== undefined) reject(new Error(event.error));
        const { current, total } = event.progressDetail ?? {};
        if (event.id !== undefined && current !== undefined && total !== undefined && event.status === 'Downloading') layers.set(event.id, { current, total });
        if (Date.now() - told < TELL_EVERY_MS) return;
        told = Date.now();
        const sum = (key: 'current' | 'total'): number => [...layers.values()].reduce((all, layer) => all + layer[key], 0);
        onProgress(`  ${name}: ${megabytes(sum('current'))} of ${megabytes(sum('total'))}`);
      });
      signal.addEventListener('abort', () => reject(signal.reason as Error), { once: true });
    });
  } finally {
    signal.removeEventListener('abort', stop);
  }
}

/** Why an image can't be had, in the engine's words, short. */
export function whyNotPulled(error: unknown): string {
  const words = messageOf(error).replace(/^\(HTTP code \d+\) [\w ]+ - /, '').replace(/\s+/g, ' ').trim();
  return words.length > 160 ? `${words.slice(0, 160)}…` : words;
}
