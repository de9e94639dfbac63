import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import type { Plan } from '../../model/plan.ts';
import { filesBelow } from '../../runtimes/docker/archive.ts';
import type { Placed } from '../../runtimes/docker/archive.ts';
import { SECRETS, TLS } from '../prepare.ts';
import { HOME, RUN } from './driver-plan.ts';

const PROJECT = fileURLToPath(new URL('../../..', import.meta.url));

/** What the driver has to have before it starts. */
export interface DriverNeeds {
  plan: Plan;
  /** The k6 program of the engine's architecture. */
  k6: Buffer;
  /** On the harness's machine. */
  runDir: string;
  smtpPassword: string;
}

/**
 * The files that the driver gets: the run inside as one file, k6 and its scenarios, the plan, and
 * the receivers' secrets.
 */
export async function driverFiles({
  plan,
  k6,
  runDir,
  smtpPassword,
}: DriverNeeds): Promise<Placed[]> {
  const [bundle, scenarios, cert, key] = await Promise.all([
    bundleInside(),
    filesBelow(join(PROJECT, 'scenarios'), `${HOME}/project/scenarios`),
    readFile(join(runDir, TLS, 'cert.pem')),
    readFile(join(runDir, TLS, 'key.pem')),
  ]);
  return [
    { path: `${HOME}/main.mjs`, content: bundle },
    { path: `${HOME}/k6`, content: k6, mode: 0o755 },
    ...scenarios,
    { path: `${RUN}/plan.json`, content: JSON.stringify(plan) },
    { path: `${RUN}/logs/.keep`, content: '' },
    { path: `${RUN}/${TLS}/cert.pem`, content: cert },
    { path: `${RUN}/${TLS}/key.pem`, content: key },
    { path: `/${SECRETS}/smtp_password`, content: smtpPassword },
  ];
}

/** The run inside as one file: no package has to be in the image. */
async function bundleInside(): Promise<Buffer> {
  const { outputFiles } = await build({
    entryPoints: [fileURLToPath(new URL('../inside/main.ts', import.meta.url))],
    bundle: true,
    write: false,
    platform: 'node',
    format: 'esm',
    target: 'node20',
    logLevel: 'silent',
    // Packages that are CommonJS ask for node's own modules with `require`.
    banner: {
      js: "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);",
    },
    external: ['pg-native'],
  });
  return Buffer.from(outputFiles[0]?.contents ?? []);
}
