import { describe, expect, it } from 'vitest';
import type { ImageStatus } from '../../src/model/images.ts';
import { imagesText } from '../../src/report/images.ts';

const packages = (name: string, more: Partial<ImageStatus> = {}): ImageStatus => ({
  name,
  state: 'made',
  source: 'packages',
  version: '1.2-3',
  bytes: 700e6,
  isNew: false,
  ...more,
});
const text = (...images: ImageStatus[]): string => imagesText(images, { color: false });

describe('the table of images', () => {
  it('tells the shared layer once, and of a service what it adds', () => {
    const shown = text(packages('prom/prometheus:v1.2'), packages('redis:1.2'), {
      name: 'gtvision/ai:0.1.0',
      state: 'made',
      source: 'repository',
      version: '0.1.0',
      bytes: 702e6,
      isNew: true,
    });
    expect(shown).toMatch(/^✓ +prom\/prometheus:v1\.2 +packages, 1\.2-3 +shared$/m);
    expect(shown).toMatch(/^✓ +gtvision\/ai:0\.1\.0 +this repository, just made +2 MB$/m);
    expect(shown).toContain('one layer of 700 MB');
  });
  it("calls an image of its maker's what it is, with its own size", () => {
    expect(text({ name: 'redis:7', state: 'vendor', bytes: 40e6, isNew: false })).toMatch(
      /^✓ +redis:7 +its maker's own, left as it is +40 MB$/m,
    );
    expect(text({ name: 'redis:7', state: 'vendor', bytes: 40e6, isNew: false })).not.toContain(
      'layer',
    );
  });
  it("doesn't take a service on another base for what it adds", () => {
    expect(
      text({
        name: 'gtvision/ai:0.1.0',
        state: 'made',
        source: 'repository',
        bytes: 200e6,
        isNew: false,
      }),
    ).toMatch(/200 MB$/m);
  });
  it('says which version is pinned where another one was made', () =>
    expect(text(packages('postgres:15.20', { note: 'pinned is 15.20' }))).toContain(
      'packages, 1.2-3 (pinned is 15.20)',
    ));
  it('says why one is missing, what stands in, and how to get it', () => {
    const shown = text({
      name: 'minio/minio:1',
      state: 'none',
      isNew: false,
      note: 'in no package archive',
      standIn: 'gtvision/fake-minio:0.1.0',
    });
    expect(shown).toMatch(
      /^– +minio\/minio:1 +in no package archive; gtvision\/fake-minio:0\.1\.0 stands in$/m,
    );
    expect(shown).toContain('--pull');
  });
  it("tells the registry's refusal once, below", () => {
    const refused = 'lookup registry: no such host';
    const shown = text(
      ...['a/b:1', 'c/d:1'].map((name): ImageStatus => ({
        name,
        state: 'none',
        isNew: false,
        note: 'in no package archive',
        refused,
      })),
    );
    expect(shown.match(/no such host/g)).toHaveLength(1);
    expect(shown).not.toContain('--pull');
  });
});
