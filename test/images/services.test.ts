import { readFileSync } from 'node:fs';
import { isBuiltin } from 'node:module';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { chosen, pinnedImages } from '../../src/commands/images.ts';
import { engineWords, registryOf } from '../../src/images/pull.ts';
import { RECIPES } from '../../src/images/recipes.ts';
import {
  SERVICES,
  baseOfServices,
  bundleServices,
  contentOfServices,
  serviceOf,
} from '../../src/images/services.ts';
import { differs, statusOf } from '../../src/images/status.ts';
import { STAND_INS, recipeOf, standInOf } from '../../src/images/wanted.ts';
import { PROJECT } from '../support/cases.ts';

const VERSION = (
  JSON.parse(readFileSync(join(PROJECT, 'package.json'), 'utf8')) as { version: string }
).version;

describe("the stack's images", () => {
  it('each has a source here, or is known to have none', async () => {
    const without = (await pinnedImages(join(PROJECT, 'stack'))).filter(
      (name) => !recipeOf(name) && serviceOf(name) === undefined,
    );
    expect(without.map((name) => name.replace(/:.*/, ''))).toEqual([
      'grafana/grafana',
      'minio/minio',
      'bluenviron/mediamtx',
    ]);
  });
  it('of this repository have its version', async () => {
    const ours = (await pinnedImages(join(PROJECT, 'stack'))).filter((name) =>
      name.startsWith('gtvision/'),
    );
    expect(ours.length).toBeGreaterThanOrEqual(5);
    for (const name of ours) expect(name).toMatch(new RegExp(`:${VERSION}$`));
  });
  it('have a fake for what is in no archive, but for Grafana', () => {
    expect(standInOf('minio/minio:RELEASE.1')).toBe(STAND_INS['minio/minio']);
    expect(standInOf('grafana/grafana:12')).toBeUndefined();
    for (const fake of Object.values(STAND_INS)) expect(serviceOf(fake), fake).toBeDefined();
  });
  it('stand on a base that is pinned', () =>
    expect(baseOfServices()).toMatch(/^node:\d+\.\d+\.\d+-/));
});

it.each(RECIPES)(
  'the image of $repository says what it runs, one thing an instruction',
  ({ instructions }) => {
    for (const word of ['ENTRYPOINT', 'CMD'])
      expect(instructions.filter((line) => line.startsWith(`${word} [`))).toHaveLength(1);
    for (const line of instructions)
      expect(line).toMatch(
        /^(?:ENTRYPOINT|CMD|VOLUME) \[.*\]$|^(?:USER|WORKDIR|EXPOSE) \S+$|^ENV [A-Z_]+=\S+$/,
      );
  },
);

describe('a service', () => {
  it.each([
    ['gtvision/backend:0.1.0', 'backend'],
    ['gtvision/fake-minio:0.1.0', 'minio'],
    ['gtvision/other:0.1.0', undefined],
    ['shop/backend:1', undefined],
  ])('%s', (name, service) => expect(serviceOf(name)).toBe(service));
  it('is bundled with all it needs into one file', async () => {
    const bundles = await bundleServices();
    expect(Object.keys(bundles).sort()).toEqual(SERVICES);
    for (const bundle of Object.values(bundles))
      expect(
        [
          ...Buffer.from(bundle)
            .toString('utf8')
            .matchAll(/^import .* from ["']([^"']+)["']/gm),
        ]
          .map(([, module]) => module)
          .filter((module) => !isBuiltin(module ?? '')),
      ).toEqual([]);
  });
  it('has the same content as long as nothing changes, bundled or not', () =>
    expect(contentOfServices()).toBe(contentOfServices()));
});

describe('what is chosen', () => {
  const all = [
    'prom/prometheus:v3.5.3',
    'redis:7.0.15-bookworm',
    'gtvision/ai:0.1.0',
    'gtvision/fake-minio:0.1.0',
    'minio/minio:1',
  ];
  it.each([
    [[], all],
    [['prometheus'], [all[0]]],
    [['prom/prometheus', 'prom/prometheus:v3.5.3'], [all[0]]],
    [['services'], [all[2], all[3]]],
    [['minio'], [all[4]]],
  ])('%j', (asked, expected) => expect(chosen(asked, all)).toEqual(expected));
  it('is told when it is none, with the nearest', () =>
    expect(() => chosen(['promtheus'], all)).toThrow('the stack pins no image `promtheus`'));
  it('is told with all of them when none is near', () => {
    try {
      chosen(['kafka-connect'], all);
      expect.unreachable();
    } catch (error) {
      expect((error as { advice?: string }).advice).toContain('redis:7.0.15-bookworm');
    }
  });
});

describe('the version of a package', () => {
  it.each([
    ['prom/prometheus:v3.5.3', '3.5.3+ds1-6', false],
    ['redis:7.0.15-bookworm', '5:7.0.15-1~deb12u10', false],
    ['postgres:15.20-bookworm', '15.21-0+deb12u1', true],
    ['node:20.20.2-bookworm-slim', '22.1.0', true],
  ])('%s and %s differ: %s', (name, version, expected) =>
    expect(differs(name, version)).toBe(expected),
  );
  it('that differs from the pinned one is told', () => {
    const labels = {
      'gtvision.image': 'postgres:15.20',
      'gtvision.built-from': 'packages',
      'org.opencontainers.image.version': '15.21-0',
    };
    expect(
      statusOf(
        { name: 'postgres:15.20' },
        { Id: '1', RepoTags: ['postgres:15.20'], Labels: labels, Size: 1 },
        {},
      ),
    ).toMatchObject({ state: 'made', version: '15.21-0', note: 'pinned is 15.20' });
  });
});

describe('what is not there', () => {
  it.each([
    ['is in no archive', 'grafana/grafana:12.2.1', {}, 'in no package archive'],
    [
      'is for another machine',
      'redis:7.0.15-bookworm',
      { problem: 'the packages here are for x64, and the engine runs arm64' },
      'the packages here are for x64, and the engine runs arm64',
    ],
  ])('%s', (_what, name, circumstances, note) =>
    expect(statusOf({ name }, undefined, circumstances)).toMatchObject({ state: 'none', note }),
  );
  it("and couldn't be pulled, keeps the engine's words", () =>
    expect(
      statusOf({ name: 'grafana/grafana:12.2.1' }, undefined, { refused: 'no such host' }),
    ).toMatchObject({ note: 'in no package archive', refused: 'no such host' }));
});

it.each([
  ['prom/prometheus:v3', 'docker.io'],
  ['redis:7', 'docker.io'],
  ['quay.io/x/y:1', 'quay.io'],
  ['localhost/x:1', 'localhost'],
  ['host:5000/x', 'host:5000'],
])('%s comes from %s', (name, registry) => expect(registryOf(name)).toBe(registry));
it("an engine's words come without what the client adds", () =>
  expect(
    engineWords(
      '(HTTP code 500) server error - Get "https://registry/v2/": dial tcp: no such host ',
    ),
  ).toBe('Get "https://registry/v2/": dial tcp: no such host'));
