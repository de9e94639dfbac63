import { closeSync, writeSync } from 'node:fs';
import { isatty } from 'node:tty';
import { messageOf } from '../lib/errors.ts';

/** A stream of the process that it writes to. */
interface Written {
  stream: NodeJS.WriteStream;
  /** Its number at the kernel. */
  fd: number;
  /** What is written to it, as a person would say it. */
  what: string;
}

/**
 * Keeps a command at work whatever becomes of where it writes: what it has begun is cleaned up in
 * any case. Where nobody reads any more it goes on without a word; where a report is lost (a full
 * disk), that is told at the end on the other stream, and the exit code is 2.
 */
export function keepStreams(): void {
  const terminals = [0, 1, 2].filter((fd) => isatty(fd));
  const streams: Written[] = [
    { stream: process.stdout, fd: 1, what: 'what it found to standard output' },
    { stream: process.stderr, fd: 2, what: 'how it went to standard error' },
  ];
  const lost = new Map<Written, Error>();
  for (const written of streams)
    written.stream.on('error', (error: Error) => {
      if (!isUnread(error, written.stream) && !lost.has(written)) lost.set(written, error);
    });
  process.on('exit', () => {
    if (lost.size > 0) process.exitCode = 2;
    for (const [written, error] of lost) tellLost(written, error, streams);
    closeGone(terminals);
  });
}

/** Whether whoever read has gone: a pipe was closed (`| head`), or a terminal (an ssh broke). */
function isUnread({ code }: NodeJS.ErrnoException, { isTTY }: NodeJS.WriteStream): boolean {
  return code === 'EPIPE' || (code === 'EIO' && isTTY);
}

/** Tells it where it can be told: both may lead to the same disk. */
function tellLost(lost: Written, error: Error, streams: readonly Written[]): void {
  const text =
    `this command couldn't write ${lost.what}: ${messageOf(error)}\n` +
    'What is there is incomplete, so it ends with 2: make room where it is written, or write it ' +
    'elsewhere. The reports of a run are in its folder too.\n';
  for (const { fd } of streams.filter((one) => one !== lost))
    try {
      writeSync(fd, text);
    } catch {
      // Nobody can be told but by the exit code.
    }
}

/**
 * As it ends, Node gives each terminal back the settings that it found, and dies (SIGSEGV) of one
 * that is gone. A descriptor that is closed it leaves alone.
 */
function closeGone(terminals: readonly number[]): void {
  for (const fd of terminals.filter((one) => !isatty(one)))
    try {
      closeSync(fd);
    } catch {
      // It was closed before.
    }
}
