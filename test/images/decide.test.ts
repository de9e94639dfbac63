import { describe, expect, it } from 'vitest';
import { decide } from '../../src/images/decide.ts';
import type { Asked } from '../../src/images/decide.ts';
import {
  canonical,
  isCurrent,
  isOurs,
  label,
  qualified,
  splitName,
} from '../../src/images/labels.ts';
import type { ListedImage } from '../../src/images/labels.ts';

const NAME = 'prom/prometheus:v3.5.3';
const image = (tags: string[] | null, labels: Record<string, string> | null): ListedImage => ({
  Id: 'sha256:1',
  RepoTags: tags,
  Labels: labels,
});
const made = (content: string, name = NAME): ListedImage =>
  image([name], {
    'gtvision.image': name,
    'gtvision.built-from': 'packages',
    'gtvision.content': content,
  });
const vendors = image([NAME], { maintainer: 'The Prometheus Authors' });

describe('an image is ours', () => {
  it.each<[string, ListedImage, boolean]>([
    ['under the name that it was made for', made('a'), true],
    ['as Podman names it', image([`docker.io/${NAME}`], made('a').Labels ?? {}), true],
    [
      'as Podman names one of the library',
      image(['docker.io/library/redis:7'], {
        'gtvision.image': 'redis:7',
        'gtvision.built-from': 'packages',
      }),
      true,
    ],
    [
      'when docker compose built it, which knows no tag',
      image(['gtvision/ai:0.1.0'], {
        'gtvision.image': 'gtvision/ai',
        'gtvision.built-from': 'repository',
      }),
      true,
    ],
    ["not when it is its maker's", vendors, false],
    [
      'not when somebody built on it: labels are inherited, names are not',
      image(['shop/app:1'], made('a').Labels ?? {}),
      false,
    ],
    ['not without a name', image(null, made('a').Labels ?? {}), false],
    ['not by its name alone', image([NAME], null), false],
    ['not when the label has half of it', image([NAME], { 'gtvision.image': NAME }), false],
  ])('%s', (_what, listed, expected) => expect(isOurs(listed)).toBe(expected));
});

describe('what is done about an image', () => {
  const ask: Asked = { fresh: false, named: [] };
  const wanted = { name: NAME, source: 'packages' as const, content: 'a.b.c' };
  it.each<[string, Parameters<typeof decide>, ReturnType<typeof decide>]>([
    ['made when it is not there', [wanted, undefined, ask], 'make'],
    [
      'nothing when nothing here makes it',
      [{ name: 'grafana/grafana:12.2.1' }, undefined, ask],
      'none',
    ],
    ['kept when it is current', [wanted, made('a.b.c'), ask], 'keep'],
    ['made anew when its content is another', [wanted, made('a.b.x'), ask], 'make'],
    [
      'kept when the packages are not known and the rest is the same',
      [{ ...wanted, content: 'a.b.' }, made('a.b.c'), ask],
      'keep',
    ],
    [
      'made when the packages are not known and the rest is another',
      [{ ...wanted, content: 'a.x.' }, made('a.b.c'), ask],
      'make',
    ],
    ["left when it is its maker's", [wanted, vendors, ask], 'vendor'],
    [
      "left when it is its maker's, with --fresh",
      [wanted, vendors, { fresh: true, named: [] }],
      'vendor',
    ],
    [
      "made in place of its maker's with --fresh and its name",
      [wanted, vendors, { fresh: true, named: [NAME] }],
      'make',
    ],
    [
      "left when it is its maker's and nothing here makes it, whatever is asked",
      [{ name: NAME }, vendors, { fresh: true, named: [NAME] }],
      'vendor',
    ],
    ['made anew with --fresh', [wanted, made('a.b.c'), { fresh: true, named: [] }], 'make'],
    [
      'kept when it could not be made again',
      [{ name: NAME }, made('a.b.c'), { fresh: true, named: [NAME] }],
      'keep',
    ],
  ])('%s', (_what, args, expected) => expect(decide(...args)).toBe(expected));
});

describe('names', () => {
  it.each([
    ['prom/prometheus:v3', 'prom/prometheus', 'v3'],
    ['host:5000/x/y', 'host:5000/x/y', 'latest'],
    ['host:5000/x:1', 'host:5000/x', '1'],
  ])('%s', (name, repository, tag) => expect(splitName(name)).toEqual({ repository, tag }));
  it('are the same with and without what engines add', () =>
    expect(['redis:7', 'docker.io/library/redis:7', 'library/redis:7'].map(canonical)).toEqual([
      'redis:7',
      'redis:7',
      'redis:7',
    ]));
  it('with their registry', () =>
    expect(
      ['redis:7', 'prom/prometheus:v3', 'quay.io/x/y:1', 'host:5000/x:1'].map(qualified),
    ).toEqual([
      'docker.io/library/redis:7',
      'docker.io/prom/prometheus:v3',
      'quay.io/x/y:1',
      'host:5000/x:1',
    ]));
  it('of another registry stay', () =>
    expect(canonical('quay.io/prometheus/prometheus:v3')).toBe('quay.io/prometheus/prometheus:v3'));
});

it('a label keeps what would end or expand it', () =>
  expect(label('a', '{"b": "$c\\d"}')).toBe('LABEL a="{\\"b\\": \\"\\$c\\\\d\\"}"'));
it('what is known only in part does not match a shorter content', () =>
  expect(isCurrent(made('a'), 'a.')).toBe(false));
