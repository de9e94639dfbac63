import { expect, it } from 'vitest';
import { withoutOrders, withoutSteering } from '../../src/lib/terminal-safe.ts';

const PIPELINE = { GITHUB_ACTIONS: 'true' };

it('names of a stack neither move the cursor nor name the window, and colours stay', () => {
  expect(
    withoutSteering('\u001b[31mred\u001b[0m\tX\u001b[2J\u001b]0;name\u0007\r\u009b2Jy\n'),
  ).toBe('\u001b[31mred\u001b[0m\tX[2J]0;name2Jy\n');
});

it('no line of theirs is an order to a pipeline', () => {
  const text = 'alert X\n::error::made up\n::set-env name=a::b\n  ::debug::\na::b';
  expect(withoutOrders(text, PIPELINE)).toBe(
    'alert X\n ::error::made up\n ::set-env name=a::b\n  ::debug::\na::b',
  );
  expect(withoutOrders(text, {})).toBe(text);
});
