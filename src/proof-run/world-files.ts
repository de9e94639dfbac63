import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { ProofPlan } from '../model/proof-plan.ts';
import { alternativeNames, hostsText } from './names.ts';

/** Whoever reads a key in the run is the user who wrote it: nobody else may. */
const KEY_MODE = 0o600;

/**
 * Lays out /etc of the run: hosts, configurations, stand-ins for secrets, and the certificate of
 * all who serve TLS.
 * @param runDir absolute
 */
export async function writeWorld(
  plan: Pick<ProofPlan, 'hosts' | 'files' | 'pems'>,
  runDir: string,
): Promise<void> {
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
  const write = async (path: string, text: string, mode?: number): Promise<void> => {
    const full = join(runDir, path);
    await mkdir(dirname(full), { recursive: true });
    await writeFile(full, text, { mode });
  };
  const writePem = (path: string, pem: 'cert' | 'key'): Promise<void> =>
    pem === 'cert' ? write(path, cert) : write(path, key, KEY_MODE);
  await Promise.all([
    writePem('tls/cert.pem', 'cert'),
    writePem('tls/key.pem', 'key'),
    write('etc/hosts', hostsText(plan.hosts)),
    ...plan.files.map(({ path, text }) => write(join('etc', path), text)),
    ...plan.pems.map(({ path, pem }) => writePem(join('etc', path), pem)),
  ]);
}
