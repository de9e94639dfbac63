/**
 * What failed in a promtool JUnit report, by test file: the words of its failures. Files without a
 * failure aren't there.
 */
export function readJunit(xml: string): Map<string, string> {
  const failed = new Map<string, string>();
  for (const [, attributes = '', body = ''] of xml.matchAll(
    /<testsuite\b([^>]*[^/])>([\s\S]*?)<\/testsuite>/g,
  )) {
    const name = /\bname="([^"]*)"/.exec(attributes)?.[1];
    const texts = [
      ...body.matchAll(/<(?:failure|error)\b[^>]*?(?:\/>|>([\s\S]*?)<\/(?:failure|error)>)/g),
    ];
    const aborted = [...body.matchAll(/<(failure|error)\b[^>]*message="([^"]*)"/g)];
    if (name === undefined || texts.length + aborted.length === 0) continue;
    const words = [...texts.map((t) => t[1] ?? ''), ...aborted.map((a) => a[2] ?? '')];
    failed.set(unescape(name), unescape(words.join('\n')).trim());
  }
  return failed;
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
