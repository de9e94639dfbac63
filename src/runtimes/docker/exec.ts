import type Docker from 'dockerode';
import type { Executed } from '../runtime.ts';
import { demultiplexed } from './logs.ts';

/**
 * Runs a command in a container; what it wrote, and its exit code (-1 when it didn't end in time).
 */
export async function runInside(
  container: Docker.Container,
  command: string[],
  timeoutMs: number,
): Promise<Executed> {
  const exec = await container.exec({ Cmd: command, AttachStdout: true, AttachStderr: true });
  const stream = await exec.start({ hijack: false, stdin: false });
  const chunks: Buffer[] = [];
  const ended = new Promise<void>((resolve) =>
    stream
      .on('data', (chunk: Buffer) => chunks.push(chunk))
      .on('end', resolve)
      .on('close', resolve)
      .on('error', () => resolve()),
  );
  const timer = setTimeout(() => stream.destroy(), timeoutMs);
  await ended;
  clearTimeout(timer);
  const { ExitCode: code } = await exec.inspect();
  return { code: code ?? -1, output: demultiplexed(Buffer.concat(chunks)) };
}
