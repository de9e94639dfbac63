/**
 * What failed in a promtool JUnit report, by test file: the words of its failures. Files without a
 * failure aren't there.
 */
export function readJunit(xml: string): Map<string, string> {
  const failed = new Map<string, string>();
  for (const { attributes, body } of elements(xml, 'testsuite')) {
    const name = attribute(attributes, 'name');
    const failures = [...elements(body, 'failure'), ...elements(body, 'error')];
    if (name === undefined || failures.length === 0) continue;
    const words = [
      ...failures.map((failure) => failure.body),
      ...failures.map((failure) => attribute(failure.attributes, 'message') ?? ''),
    ];
    failed.set(unescape(name), unescape(words.join('\n')).trim());
  }
  return failed;
}

interface Element {
  attributes: string;
  body: string;
}

/** The elements of a name, which don't stand within each other. */
function elements(xml: string, name: string): Element[] {
  const [, ...begun] = xml.split(new RegExp(`<${name}(?=[\\s/>])`));
  return begun.flatMap((text) => {
    const head = text.indexOf('>');
    if (head < 0) return [];
    const attributes = text.slice(0, head);
    const end = attributes.endsWith('/') ? head + 1 : text.indexOf(`</${name}>`, head);
    return end < 0 ? [] : [{ attributes, body: text.slice(head + 1, end) }];
  });
}

function attribute(attributes: string, name: string): string | undefined {
  return new RegExp(`\\b${name}="([^"]*)"`).exec(attributes)?.[1];
}

function unescape(text: string): string {
  return text
    .replace(/<!\[CDATA\[([\s\S]*?)\]\]>/g, '$1')
    .replace(/&#(x?)([0-9a-fA-F]+);/g, (_, hex: string, code: string) =>
      String.fromCodePoint(parseInt(code, hex ? 16 : 10)),
    )
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&apos;', "'")
    .replaceAll('&amp;', '&');
}
