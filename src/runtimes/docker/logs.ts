import type Docker from 'dockerode';
import { messageOf } from '../../lib/errors.ts';
import { lastLines } from '../../lib/last-lines.ts';

const HEADER_BYTES = 8;

/**
 * Takes apart the engine's stream of both outputs (frames of a header with the length, big endian,
 * and the data), in the order they came.
 */
export function demultiplexed(stream: Buffer): string {
  const parts: Buffer[] = [];
  for (let at = 0; at + HEADER_BYTES <= stream.length;) {
    const length = stream.readUInt32BE(at + 4);
    parts.push(stream.subarray(at + HEADER_BYTES, at + HEADER_BYTES + length));
    at += HEADER_BYTES + length;
  }
  return Buffer.concat(parts).toString('utf8');
}

/**
 * What a container has written so far, or its last lines; where the engine keeps no logs, a word
 * about that.
 */
export async function logOf(container: Docker.Container, tail?: number): Promise<string> {
  try {
    return demultiplexed(
      await container.logs({
        stdout: true,
        stderr: true,
        follow: false,
        ...(tail === undefined ? {} : { tail }),
      }),
    );
  } catch (error) {
    return `(the engine has no log: ${messageOf(error)})\n`;
  }
}

/** More than are shown: some may be empty. */
const ASKED_LINES = 20;

/** The end of a container's log, fit to be read in a message. */
export async function lastWords(container: Docker.Container): Promise<string> {
  return lastLines(await logOf(container, ASKED_LINES)) || 'it wrote nothing';
}
