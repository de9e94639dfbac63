import { parseTree, printParseErrorCode } from 'jsonc-parser';
import type { Node as JsonNode, ParseError } from 'jsonc-parser';
import type { Node } from './node.ts';
import type { Parsed } from './yaml.ts';

/**
 * A JSON text as a tree, as far as it can be read; of its errors the first, which brings the rest.
 * Comments and trailing commas are errors, as they are for Grafana.
 */
export function parseJson(text: string): Parsed {
  const errors: ParseError[] = [];
  const root = parseTree(text, errors, { disallowComments: true, allowTrailingComma: false });
  return {
    roots: root ? [convert(root)] : [],
    errors: errors.slice(0, 1).map((e) => ({
      from: e.offset,
      to: e.offset + Math.max(1, e.length),
      message: words(printParseErrorCode(e.error)),
    })),
  };
}

function convert(node: JsonNode): Node {
  const [from, to] = [node.offset, node.offset + node.length];
  if (node.type === 'object') {
    const entries = (node.children ?? []).flatMap((property) => {
      const [key, value] = property.children ?? [];
      return key && value
        ? [
            {
              key: String(key.value),
              keyFrom: key.offset,
              keyTo: key.offset + key.length,
              value: convert(value),
            },
          ]
        : [];
    });
    return { kind: 'map', from, to, entries };
  }
  if (node.type === 'array')
    return { kind: 'list', from, to, items: (node.children ?? []).map(convert) };
  return {
    kind: 'scalar',
    from,
    to,
    value: (node.value ?? null) as string | number | boolean | null,
    style: 'JSON',
  };
}

/** `CloseBraceExpected` → `close brace expected`. */
function words(code: string): string {
  return code.replace(/(?<=[a-z])(?=[A-Z])/g, ' ').toLowerCase();
}
