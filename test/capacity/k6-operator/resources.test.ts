import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { parse } from 'yaml';
import { NAME } from '../../../src/capacity/k6-operator/name.ts';
import { configMap, resourceText, testRun } from '../../../src/capacity/k6-operator/resources.ts';
import type { ResourceOptions } from '../../../src/capacity/k6-operator/resources.ts';
import { routesOf } from '../../../src/capacity/k6-operator/routes.ts';
import { sizeOf } from '../../../src/capacity/k6-operator/size.ts';
import type { TestRun } from '../../../src/capacity/k6-operator/testrun.ts';
import type { DistributedLoad } from '../../../src/model/distributed.ts';
import { typeErrors } from '../../support/typed.ts';

const TEST_RUN = {
  module: fileURLToPath(new URL('../../../src/capacity/k6-operator/testrun.ts', import.meta.url)),
  type: 'TestRun',
};
const CONFIG_MAP = {
  module: createRequire(import.meta.url)
    .resolve('kubernetes-types/package.json')
    .replace('package.json', 'core/v1.js'),
  type: 'ConfigMap',
};

const options: ResourceOptions = {
  name: 'gtv-capacity',
  namespace: 'load',
  image: 'grafana/k6:1.1.0',
  size: sizeOf(20_000, 0.5, 1),
  separate: true,
  resultsClaim: null,
};
const load: DistributedLoad = {
  schemaVersion: 1,
  run: 'r',
  ratePerSecond: 20_000,
  requests: 600_000,
  virtualUsers: options.size.virtualUsers,
  parts: options.size.parts,
  routes: routesOf(['backend', 'ai']),
  targets: { backend: 'http://backend:8000', ai: 'http://ai:8002' },
  requestTimeoutMs: 10_000,
  resultsDir: null,
};
const json = (text: string): string => JSON.stringify(parse(text));

it("the files are what the operator's and Kubernetes' published definitions know, and a slip in any depth would be noticed", () => {
  const [run, claimed, map] = [
    resourceText(testRun(options)),
    resourceText(testRun({ ...options, resultsClaim: 'results', namespace: null })),
    resourceText(configMap(options, 'export default function () {}', load)),
  ].map(json) as [string, string, string];
  const files = [
    { name: 'test-run', text: run, ...TEST_RUN },
    { name: 'with-a-volume', text: claimed, ...TEST_RUN },
    { name: 'config-map', text: map, ...CONFIG_MAP },
  ];
  const slips = [
    { name: 'unknown-key', text: run.replace('"parallelism"', '"paralelism"'), ...TEST_RUN },
    { name: 'wrong-kind', text: run.replace('"kind":"TestRun"', '"kind":"K6"'), ...TEST_RUN },
    {
      name: 'flag-as-boolean',
      text: run.replaceAll(
        '"automountServiceAccountToken":"false"',
        '"automountServiceAccountToken":false',
      ),
      ...TEST_RUN,
    },
    {
      name: 'unknown-security-key',
      text: run.replaceAll('"runAsNonRoot"', '"runAsNotRoot"'),
      ...TEST_RUN,
    },
    { name: 'unknown-resource-key', text: run.replace('"requests"', '"request"'), ...TEST_RUN },
    {
      name: 'volume-without-a-claim',
      text: claimed.replace('"claimName"', '"claim"'),
      ...TEST_RUN,
    },
    {
      name: 'unknown-cleanup',
      text: claimed.replace('"cleanup":"post"', '"cleanup":"always"'),
      ...TEST_RUN,
    },
    { name: 'no-text', text: map.replace('"load.json":"', '"x":1,"load.json":"'), ...CONFIG_MAP },
  ];
  for (const slip of slips)
    expect(
      files.map(({ text }) => text),
      slip.name,
    ).not.toContain(slip.text);
  const errors = typeErrors([...files, ...slips]);
  for (const { name } of files) expect(errors[name], name).toEqual([]);
  for (const { name } of slips) expect(errors[name]?.length, name).toBeGreaterThan(0);
}, 60_000);

it('a pod may do nothing but make load', () => {
  const { spec } = parse(resourceText(testRun(options))) as TestRun;
  for (const pod of [spec.initializer, spec.starter, spec.runner]) {
    expect(pod).toMatchObject({
      automountServiceAccountToken: 'false',
      securityContext: { runAsNonRoot: true, seccompProfile: { type: 'RuntimeDefault' } },
      containerSecurityContext: {
        allowPrivilegeEscalation: false,
        capabilities: { drop: ['ALL'] },
      },
    });
  }
  expect(spec.runner?.image).toMatch(/:\d/);
  expect(spec.runner?.resources?.limits).not.toHaveProperty('cpu');
});

it('cleans up by itself only where the accounts outlive the pods', () => {
  expect(testRun(options).spec.cleanup).toBeUndefined();
  expect(testRun({ ...options, resultsClaim: 'results' }).spec).toMatchObject({
    cleanup: 'post',
    runner: { volumeMounts: [{ mountPath: '/results' }] },
  });
});

it('the script lies beside its load, and fits a ConfigMap', () => {
  const map = configMap(options, 'script', load);
  expect(testRun(options).spec.script.configMap).toEqual({
    name: map.metadata?.name,
    file: 'scenario.js',
  });
  expect(JSON.parse(map.data?.['load.json'] ?? '')).toEqual(load);
  expect(() => configMap(options, 'x'.repeat(1024 ** 2), load)).toThrow(
    'a ConfigMap 1048576 at most',
  );
});

it('names are DNS labels with room for more', () => {
  for (const name of ['gtv-capacity', 'a', 'x9', 'a'.repeat(40)]) expect(name).toMatch(NAME);
  for (const name of ['', 'Gtv', '-a', 'a-', 'a_b', 'a.b', 'a'.repeat(41)])
    expect(name).not.toMatch(NAME);
});
