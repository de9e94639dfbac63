import { beforeAll, expect, it } from 'vitest';
import type { TestContext } from 'vitest';
import { pinnedImages } from '../../../src/commands/images.ts';
import type { Engine } from '../../../src/container-engine/engine.ts';
import { isPresent } from '../../../src/images/presence.ts';
import type { Judgement } from '../../../src/model/verdict.ts';
import { changedStack } from '../../support/cases.ts';
import { VERIFY_MS, verify } from '../../support/cli.ts';
import { IMAGES_MS, contentsOf, engineOrSkip, makeImages } from '../../support/engine.ts';
import { aboutOf } from '../../support/expectations.ts';
import { STACK } from '../../support/stack-copy.ts';

const OPEN = '      MINIO_PROMETHEUS_AUTH_TYPE: public\n';
const ONLY = ['usage_total_bytes', 'capacity_usable_free_bytes', 'drive_offline_total'].flatMap(
  (metric) => ['--only', `metric/minio_cluster_${metric}`],
);

beforeAll(makeImages, IMAGES_MS);

/** An engine that has MinIO's own image, which no package archive has. */
async function engineWithMinio({ skip }: Pick<TestContext, 'skip'>): Promise<Engine> {
  const engine = await engineOrSkip({ skip });
  const image = (await pinnedImages(STACK)).find((name) => name.startsWith('minio/')) ?? '';
  if (!(await isPresent(engine.docker, image)))
    skip(`${image} is not there: npm run images -- --pull`);
  return engine;
}

/** The verdicts on the real MinIO: what each is about, and what became of it. */
function onTheRealOne({ verdicts }: Judgement): string[] {
  return verdicts
    .filter(({ expectation: { subject } }) => 'job' in subject && subject.job === 'real-minio')
    .map((v) => `${aboutOf(v)} ${v.expectation.kind}: ${v.finding?.id ?? v.outcome}`);
}

it('the real MinIO keeps what its stand-in promises', { timeout: VERIFY_MS }, async (context) => {
  const engine = await engineWithMinio(context);
  const before = await contentsOf(engine);
  const { report, output, exitCode } = await verify(['--runtime', 'docker', ...ONLY]);
  expect(exitCode, output).toBe(0);
  const kinds = ['exported', 'type', 'labels', 'series-bounded', 'equals-truth'];
  expect(onTheRealOne(report).sort()).toEqual(
    [
      'up/real-minio scraped: pass',
      ...ONLY.filter((word) => word.startsWith('metric/')).flatMap((metric) =>
        kinds.map((kind) => `${metric.replace('metric/', '')}/real-minio ${kind}: pass`),
      ),
    ].sort(),
  );
  expect(await contentsOf(engine)).toEqual(before);
});

it('a MinIO that asks Prometheus for a login is found', { timeout: VERIFY_MS }, async (context) => {
  await engineWithMinio(context);
  const stack = changedStack([{ file: 'compose.yaml', find: OPEN, put: '' }]);
  const { report, output, exitCode } = await verify([
    ...['--runtime', 'docker', '--stack', stack, ...ONLY],
  ]);
  expect(exitCode, output).toBe(1);
  expect(onTheRealOne(report)).toEqual(['up/real-minio scraped: target-not-scraped']);
  expect(report.counts).toMatchObject({ fail: 1, inconclusive: 0 });
});
