import { expect, it } from 'vitest';
import { withoutOrders, withoutSteering } from '../../src/lib/terminal-safe.ts';

const PIPELINE = { GITHUB_ACTIONS: 'true' };

it('names of a stack neither move the cursor nor name the window, and colours stay', () => {
  expect(
    withoutSteering('\u001b[31mred\u001b[0m\tX\u001b[2J\u001b]0;name\u0007\r\u009b2Jy\n'),
  ).toBe('\u001b[31mred\u001b[0m\tX[2J]0;name2Jy\n');
});

it('nor do they hide text, in its own colour or in none', () => {
  const hidden = ['8', '30', '7', '37;47', '38;5;0', '40', '1;30'].map((one) => `\u001b[${one}m`);
  for (const one of hidden) expect(withoutSteering(`a${one}b`)).toBe(`a${one.slice(1)}b`);
  const shown = ['', '0', '1', '2', '22', '31', '32', '33', '34', '36', '39', '90'];
  for (const one of shown) expect(withoutSteering(`a\u001b[${one}mb`)).toBe(`a\u001b[${one}mb`);
});

it('no line of theirs is an order to a pipeline', () => {
  const text = 'alert X\n::error::made up\n::set-env name=a::b\n  ::debug::\na::b';
  expect(withoutOrders(text, PIPELINE)).toBe(
    'alert X\n ::error::made up\n ::set-env name=a::b\n  ::debug::\na::b',
  );
  expect(withoutOrders(text, {})).toBe(text);
});
