import { expect, it } from 'vitest';
import { parseExpr } from '../../src/promql/parse.ts';

it.each([
  ['x{path=~"/api/v\\d+"}', 15, '\\d'],
  ["label_replace(x, 'a', '$1', 'b', '(.*)\\.log')", 38, '\\.'],
  ['x{a="\\\'"}', 5, "\\'"],
  ['x{a="\\x1"}', 5, '\\x'],
])('%s is refused at its backslash', (text, errorAt, escape) => {
  const message = expect.stringContaining(escape) as string;
  expect(parseExpr(text)).toMatchObject({ errorAt, message });
});

it.each([
  'x{path=~"/api/v\\\\d+"}',
  'x{path=~`/api/v\\d+`}',
  'x{a="\\"\\n\\x41\\101\\u00e9"}',
  "x{a='\\''}",
  'x{a="\\\\"}',
])('%s is read', (text) => expect(parseExpr(text)).toHaveProperty('expr'));
