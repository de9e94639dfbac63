import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { ProofPlan } from '../../model/proof-plan.ts';
import { serveTargets } from '../../synthetic/server.ts';

// A process of its own: whatever the harness does, targets answer at once.
const [runDir = ''] = process.argv.slice(2);
const [plan, cert, key] = await Promise.all([
  readFile(join(runDir, 'plan.json'), 'utf8').then((text) => JSON.parse(text) as ProofPlan),
  readFile(join(runDir, 'tls', 'cert.pem'), 'utf8'),
  readFile(join(runDir, 'tls', 'key.pem'), 'utf8'),
]);
let t0 = Infinity;
const { targets, speed, hosts } = plan;
await serveTargets({ targets, speed, hosts, tls: { cert, key }, now: () => Date.now() - t0 });
process.on('message', (message: { t0: number }) => void (t0 = message.t0));
process.on('disconnect', () => process.exit(0));
process.send?.('ready');
