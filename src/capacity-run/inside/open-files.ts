import { execa } from 'execa';

/**
 * What systemd grants a service (DefaultLimitNOFILE, hard); container engines grant more. A shell's
 * own limit is often far lower.
 */
const AS_A_SERVICE = 524_288;

/**
 * Grants this process, and with it everything that it starts, as many open files as a service gets:
 * a limit of the shell that the run was typed into would be found instead of the stack's. Only root
 * may; for anyone else the limit stays, and the figures name it.
 */
export async function asManyFilesAsAService(): Promise<void> {
  await execa(
    'prlimit',
    ['--pid', String(process.pid), `--nofile=${AS_A_SERVICE}:${AS_A_SERVICE}`],
    { reject: false },
  );
}
