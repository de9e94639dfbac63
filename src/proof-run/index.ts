import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { HarnessError } from '../lib/errors.ts';
import { objectIn } from '../lib/json-line.ts';
import { lastLines } from '../lib/last-lines.ts';
import { removeScratch } from '../lib/scratch.ts';
import type { ProofEvidence } from '../model/proof-evidence.ts';
import type { ProofPlan } from '../model/proof-plan.ts';
import type { Programs } from '../programs/index.ts';
import { enterNamespaces } from '../runtimes/native/enter.ts';
import type { ProofEvent, ProofRequest } from './events.ts';
import { alternativeNames, hostsText } from './names.ts';

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
 * @throws HarnessError when not even evidence could be written
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
  await writeFile(join(runDir, 'logs', 'run.log'), stderr);
  return readProofEvidence(runDir, exit, stderr);
}

/**
 * Lays out /etc of the run: hosts, configurations, stand-ins for secrets, and the certificate of
 * all who serve TLS.
 */
async function writeWorld(plan: ProofPlan, runDir: string): Promise<void> {
  const { generate } = await import('selfsigned');
  const { cert, private: key } = await generate(
    [{ name: 'commonName', value: 'everybody in one run' }],
    {
      keyType: 'ec',
      algorithm: 'sha256',
      extensions: [
        { name: 'basicConstraints', cA: true },
        { name: 'subjectAltName', altNames: alternativeNames(Object.keys(plan.hosts)) },
      ],
    },
  );
  const write = async (path: string, text: string): Promise<void> => {
    const full = join(runDir, path);
    await mkdir(dirname(full), { recursive: true });
    await writeFile(full, text);
  };
  await Promise.all([
    write('tls/cert.pem', cert),
    write('tls/key.pem', key),
    write('etc/hosts', hostsText(plan.hosts)),
    ...plan.files.map(({ path, text }) => write(join('etc', path), text)),
    ...plan.pems.map(({ path, pem }) => write(join('etc', path), pem === 'cert' ? cert : key)),
  ]);
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
