import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { generate } from 'selfsigned';

export interface Certificate {
  cert: string;
  key: string;
}

/** A certificate of the run's own for the names of the receivers; Alertmanager verifies it as it would verify production's. */
export async function makeCertificate(dir: string, names: string[]): Promise<Certificate> {
  await mkdir(dir, { recursive: true });
  const pems = await generate([{ name: 'commonName', value: 'receivers of one run' }], {
    keySize: 2048,
    algorithm: 'sha256',
    extensions: [
      { name: 'basicConstraints', cA: true },
      { name: 'subjectAltName', altNames: names.map((value) => ({ type: 2 as const, value })) },
    ],
  });
  await writeFile(join(dir, 'cert.pem'), pems.cert);
  return { cert: pems.cert, key: pems.private };
}
