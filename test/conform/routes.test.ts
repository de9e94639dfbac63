import { describe, expect, it } from 'vitest';
import { routeOf } from '../../src/conform/routes.ts';
import { plainTemplate } from '../../src/conform/samples.ts';

describe('a colon in a route', () => {
  it.each([
    ['/a/:id', '/a/1'],
    ['/a/:from-:to', '/a/1-1'],
    ['/a/:name.json', '/a/1.json'],
    ['/v1/items:batchGet', '/v1/items:batchGet'],
    ['/v1/{name}:batchGet', '/v1/1:batchGet'],
    ['/v1/<name>:batchGet', '/v1/1:batchGet'],
  ])('%s is asked as %s', (template, path) => {
    expect(routeOf(template).paths[0]).toBe(path);
  });

  it('is the same wherever parameters are written in another way', () => {
    expect(plainTemplate('/v1/{name}:get')).toBe(plainTemplate('v1/<int:id>:get'));
    expect(plainTemplate('/v1/items:get')).not.toBe(plainTemplate('/v1/items:put'));
  });
});
