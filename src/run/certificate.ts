import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { PUBLIC_NAMES } from './receiver-names.ts';

export interface Certificate {
  cert: string;
  key: string;
}

/** It is valid since a day ago: a clock that is set back after it was made changes nothing. */
const VALID_BEFORE_MS = 24 * 3_600_000;
/** Names of the receivers that speak TLS. */
const NAMES = ['smtp', 'slack', ...Object.keys(PUBLIC_NAMES)];

/**
 * Makes a certificate of the run's own for the names of the receivers, as `cert.pem` and `key.pem`
 * in the folder. Alertmanager verifies it as it would verify production's.
 */
export async function writeCertificate(dir: string): Promise<void> {
  await mkdir(dir, { recursive: true });
  const { generate } = await import('selfsigned');
  const pems = await generate([{ name: 'commonName', value: 'receivers of one run' }], {
    keyType: 'ec',
    algorithm: 'sha256',
    notBeforeDate: new Date(Date.now() - VALID_BEFORE_MS),
    extensions: [
      { name: 'basicConstraints', cA: true },
      { name: 'subjectAltName', altNames: NAMES.map((value) => ({ type: 2 as const, value })) },
    ],
  });
  await Promise.all([
    writeFile(join(dir, 'cert.pem'), pems.cert),
    writeFile(join(dir, 'key.pem'), pems.private, { mode: 0o600 }),
  ]);
}

/** The certificate in a folder, and its key. */
export async function readCertificate(dir: string): Promise<Certificate> {
  const [cert, key] = await Promise.all([
    readFile(join(dir, 'cert.pem'), 'utf8'),
    readFile(join(dir, 'key.pem'), 'utf8'),
  ]);
  return { cert, key };
}
