import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { HarnessError } from '../lib/errors.ts';
import { objectIn } from '../lib/json-line.ts';
import { lastLines } from '../lib/last-lines.ts';
import { keepRunLog } from '../lib/run-log.ts';
import { removeScratch } from '../lib/scratch.ts';
import type { ProofEvidence } from '../model/proof-evidence.ts';
import type { ProofPlan } from '../model/proof-plan.ts';
import type { Programs } from '../programs/index.ts';
import { enterNamespaces } from '../runtimes/native/enter.ts';
import type { ProofEvent, ProofRequest } from './events.ts';
import { writeWorld } from './world-files.ts';

export interface ProofRunOptions {
  /** Absolute path; made if missing. Everything the run writes is in here. */
  runDir: string;
  programs: Programs;
  signal: AbortSignal;
  onEvent: (event: ProofEvent) => void;
}

/**
 * Carries out a proof in namespaces of its own.
 * @returns the evidence, also of a run that was interrupted
 * @throws HarnessError when not even evidence could be written, or its folder was removed
 */
export async function executeProof(
  plan: ProofPlan,
  { runDir, programs, signal, onEvent }: ProofRunOptions,
): Promise<ProofEvidence> {
  await mkdir(join(runDir, 'logs'), { recursive: true });
  await writeFile(join(runDir, 'plan.json'), JSON.stringify(plan));
  await writeWorld(plan, runDir);
  const request: ProofRequest = { runDir, versions: programs.versions };
  const inside = enterNamespaces({
    usr: programs.usr,
    runDir,
    script: fileURLToPath(new URL('inside/main.ts', import.meta.url)),
    request,
    signal,
    onLine: (line) => {
      const event = eventOf(line);
      if (event) onEvent(event);
    },
  });
  const { exit, stderr } = await inside.ended;
  await removeScratch(runDir);
  await keepRunLog(runDir, stderr);
  return readProofEvidence(runDir, exit, stderr);
}

function eventOf(line: string): ProofEvent | undefined {
  return objectIn(line) as ProofEvent | undefined;
}

async function readProofEvidence(
  runDir: string,
  exit: string,
  stderr: string,
): Promise<ProofEvidence> {
  try {
    return JSON.parse(await readFile(join(runDir, 'evidence.json'), 'utf8')) as ProofEvidence;
  } catch (cause) {
    throw new HarnessError(
      `the run ended without evidence (${exit}): ${lastLines(stderr) || 'it wrote nothing'}`,
      'Its whole output is in logs/run.log of its folder.',
      { cause },
    );
  }
}
