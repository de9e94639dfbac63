import { execa } from 'execa';
import { PROJECT } from './cases.ts';
import { COMMAND_LINE } from './cli.ts';

/** What `prove --format json` says of a finding. */
export interface ProofFinding {
  id: string;
  level: string;
  source: { file: string; line: number } | null;
  likelyCause: string;
}

/** What `prove --format json` prints, as far as tests look at it. */
export interface Proof {
  alerts: number;
  solved: number;
  proved: number;
  virtualOnly: number;
  failed: number;
  details: { name: string; result: string; receivers: string[]; findings: ProofFinding[] }[];
  findings: ProofFinding[];
  notes: string[];
}

/** Proves a stack as a user would, with its runs in a folder of the test's own. */
export async function prove(
  stack: string,
  runsDir: string,
  ...options: string[]
): Promise<{ exitCode: number | undefined; proof: Proof }> {
  const { exitCode, stdout } = await execa(
    process.execPath,
    [COMMAND_LINE, 'prove', stack, '--format', 'json', '--quiet', ...options],
    { cwd: PROJECT, env: { GTV_RUNS: runsDir }, reject: false },
  );
  return { exitCode, proof: JSON.parse(stdout) as Proof };
}
