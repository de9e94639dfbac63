/** The part of JSON Schema that the contract's schema uses. */
interface Node {
  type?: string | string[];
  title?: string;
  description?: string;
  default?: unknown;
  const?: unknown;
  enum?: unknown[];
  anyOf?: Node[];
  items?: Node;
  properties?: Record<string, Node>;
  additionalProperties?: Node | boolean;
  required?: string[];
}

/**
 * The reference of `contract.yaml` as Markdown: each key with its type, its default and what it
 * means.
 */
export function referencePage(schema: Node): string {
  return `${[
    '# Every key of the contract',
    '<!-- Written by `npm run schemas` from src/spec/contract-schema.ts. Change it there. -->',
    `${schema.description ?? ''} [The contract](contract.md) tells what it is for; editors ` +
      'read the same from [its JSON Schema](schema/contract.schema.json).',
    table(schema),
    ...Object.entries(schema.properties ?? {}).flatMap(([key, node]) => section(key, node)),
  ].join('\n\n')}\n`;
}

/** A chapter for each key of the file that holds objects. */
function section(key: string, node: Node): string[] {
  const entry = innermost(node);
  if (!entry?.properties) return [];
  const inner = Object.entries(entry.properties).filter(([, value]) => value.properties);
  return [
    `## \`${key}\``,
    head(node),
    table(entry),
    ...values(entry),
    ...inner.flatMap(([name, value]) => [
      `### \`${name}\``,
      head(value),
      table(value),
      ...values(value),
    ]),
  ];
}

/** The entries of a map of maps. */
function innermost(node: Node): Node | undefined {
  return typeof node.additionalProperties === 'object'
    ? innermost(node.additionalProperties)
    : node;
}

function table(node: Node): string {
  return rows(
    ['key', 'type', 'needed', 'meaning'],
    Object.entries(node.properties ?? {}).map(([key, value]) => [
      code(key),
      typeText(value),
      presence(key, value, node),
      head(value),
    ]),
  );
}

/** A table for each key whose values have a meaning each. */
function values(node: Node): string[] {
  return Object.entries(node.properties ?? {}).flatMap(([key, value]) => {
    const items = [value, ...(value.anyOf ?? [])].flatMap((n) => [
      ...(n.description ?? '').matchAll(/^- (`[^`]+`): (.+)$/gm),
    ]);
    return items.length === 0
      ? []
      : [
          rows(
            [`\`${key}\``, 'meaning'],
            items.map(([, name = '', text = '']) => [name, text]),
          ),
        ];
  });
}

function rows(heads: string[], lines: string[][]): string {
  return [heads, heads.map(() => '---'), ...lines]
    .map((row) => `| ${row.join(' | ')} |`)
    .join('\n');
}

function presence(key: string, value: Node, parent: Node): string {
  if (value.default !== undefined) return `no: ${code(JSON.stringify(value.default))}`;
  return parent.required?.includes(key) ? 'yes' : 'no';
}

/** A type in a reader's words. */
function typeText(node: Node): string {
  if (node.title !== undefined) return node.title;
  if (node.const !== undefined) return code(node.const);
  if (node.enum) return node.enum.map(code).join(', ');
  if (node.items) return `list of ${typeText(node.items)}`;
  if (node.anyOf) return [...new Set(node.anyOf.map(typeText))].join(' or ');
  if (typeof node.additionalProperties === 'object')
    return `map of ${typeText(node.additionalProperties).replace(/^map/, 'maps')}`;
  if (node.properties) return 'map, below';
  return node.type === 'string' ? 'text' : String(node.type ?? 'anything');
}

function code(value: unknown): string {
  return `\`${String(value)}\``;
}

/** The description without its list of values. */
function head(node: Node): string {
  return node.description?.split('\n')[0] ?? '';
}
