import { expect, it } from 'vitest';
import { promtoolEnvironment } from '../../src/engine/environment.ts';

const GIB = 1024 ** 3;
const limitMib = (bytes: number): number =>
  Number.parseInt(promtoolEnvironment(bytes)['GOMEMLIMIT'] ?? '', 10);

it('promtool takes less memory where there is little', () => {
  expect(limitMib(1.5 * GIB)).toBeLessThan(limitMib(24 * GIB) / 2);
});
