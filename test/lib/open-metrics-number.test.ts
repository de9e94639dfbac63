import { expect, it } from 'vitest';
import { openMetricsNumber } from '../../src/lib/open-metrics-number.ts';

it.each([
  [0, '0.0'],
  [1, '1.0'],
  [-2, '-2.0'],
  [0.5, '0.5'],
  [2.5, '2.5'],
  [999_999, '999999.0'],
  [1_000_000, '1e+06'],
  [1_048_576, '1.048576e+06'],
  [0.0001, '0.0001'],
  [0.00001, '1e-05'],
  [1e21, '1e+21'],
  [Infinity, '+Inf'],
  [-Infinity, '-Inf'],
  [NaN, 'NaN'],
])('%d is stored as %s', (number, text) => expect(openMetricsNumber(number)).toBe(text));
