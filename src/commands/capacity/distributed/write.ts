import { mkdir, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import {
  RESULTS_DIR,
  configMap,
  resourceText,
  testRun,
} from '../../../capacity/k6-operator/resources.ts';
import type { ResourceOptions } from '../../../capacity/k6-operator/resources.ts';
import { LOADED_SERVICES, routesOf } from '../../../capacity/k6-operator/routes.ts';
import { cpuShare, sizeOf } from '../../../capacity/k6-operator/size.ts';
import { HarnessError } from '../../../lib/errors.ts';
import type { DistributedLoad } from '../../../model/distributed.ts';
import { sizeText } from '../../../report/capacity/distributed.ts';
import { K6_VERSION } from '../../../programs/k6.ts';
import { newRunId, PROJECT_DIR } from '../../paths.ts';
import type { Output } from '../../output.ts';
import { bundleScenario } from './bundle.ts';
import type { DistributedAsked } from './options.ts';

/** Each answer may take so many times what the virtual users suffice for, before it is given up. */
const TIMEOUT_TIMES = 10;
/** A runner gets one core: k6 uses more, but a node's share is easier found. */
const CORES_PER_PART = 1;

/**
 * Writes a load on several machines as Kubernetes resources for the k6 operator, and its script and
 * load beside them for a look and for `k6 run`. Starts nothing.
 */
export async function writeDistributed(asked: DistributedAsked, output: Output): Promise<0> {
  const { out, rate, service = {} } = asked;
  const missing = [
    ...(out === undefined ? ['--out DIR'] : []),
    ...(rate === undefined ? ['--rate N'] : []),
    ...(Object.keys(service).length === 0 ? ['--service NAME=URL'] : []),
  ];
  if (out === undefined || rate === undefined || missing.length > 0)
    throw new HarnessError(
      `--engine k6-operator needs ${missing.join(', ')}`,
      'For example: npm run capacity -- --engine k6-operator --out load --rate 20000 --service ' +
        `${LOADED_SERVICES[0] ?? 'NAME'}=http://api.example:8000`,
    );
  const size = sizeOf(rate, asked.answersWithin / 1000, CORES_PER_PART, asked.parts);
  const load: DistributedLoad = {
    schemaVersion: 1,
    run: `${asked.name}-${newRunId()}`,
    ratePerSecond: rate,
    requests: Math.round((rate * asked.for) / 1000),
    virtualUsers: size.virtualUsers,
    parts: size.parts,
    routes: routesOf(Object.keys(service)),
    targets: service,
    requestTimeoutMs: TIMEOUT_TIMES * asked.answersWithin,
    resultsDir: asked.resultsClaim === undefined ? null : RESULTS_DIR,
  };
  const options: ResourceOptions = {
    name: asked.name,
    namespace: asked.namespace ?? null,
    image: `grafana/k6:${K6_VERSION}`,
    size,
    separate: asked.separate,
    resultsClaim: asked.resultsClaim ?? null,
  };
  const script = await bundleScenario(join(PROJECT_DIR, 'scenarios', 'distributed.ts'));
  const files = {
    'configmap.yaml': resourceText(configMap(options, script, load)),
    'testrun.yaml': resourceText(testRun(options)),
    'scenario.js': script,
    'load.json': `${JSON.stringify({ ...load, resultsDir: null }, null, 2)}\n`,
  };
  const dir = resolve(out);
  await mkdir(dir, { recursive: true });
  await Promise.all(Object.entries(files).map(([name, text]) => writeFile(join(dir, name), text)));
  output.print(sizeText({ load, cpu: cpuShare(rate, size), dir: out, ...options }, output));
  return 0;
}
