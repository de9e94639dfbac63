interface Stanza {
  name: string;
  text: string;
  base: boolean;
  needs: string[];
  provides: string[];
}

/**
 * The part of a dpkg status file that every machine of this system has: essential and required
 * packages, and what they depend on. Given to apt in place of the real one, the list of packages to
 * fetch no longer depends on what happens to be installed, so the cache doesn't break when
 * something is removed from the host.
 */
export function baseStatus(status: string): string {
  const stanzas = status
    .split(/\n\s*\n/)
    .map(parse)
    .filter((s) => s !== undefined);
  const byName = new Map<string, Stanza[]>();
  for (const stanza of stanzas) {
    for (const name of [stanza.name, ...stanza.provides])
      byName.set(name, [...(byName.get(name) ?? []), stanza]);
  }
  const kept = new Set<Stanza>();
  const queue = stanzas.filter((s) => s.base);
  for (let stanza = queue.pop(); stanza; stanza = queue.pop()) {
    if (kept.has(stanza)) continue;
    kept.add(stanza);
    queue.push(...stanza.needs.flatMap((name) => byName.get(name) ?? []));
  }
  return `${stanzas
    .filter((s) => kept.has(s))
    .map((s) => s.text)
    .join('\n\n')}\n`;
}

function parse(text: string): Stanza | undefined {
  const field = (name: string): string =>
    new RegExp(`^${name}:[ \\t]*((?:.*(?:\\n[ \\t].*)*))`, 'mi')
      .exec(text)?.[1]
      ?.replace(/\s+/g, ' ') ?? '';
  const name = field('Package');
  if (
    name === '' ||
    !/\binstalled\b/.test(field('Status')) ||
    /not-installed|config-files/.test(field('Status'))
  )
    return undefined;
  const names = (list: string): string[] =>
    list
      .split(/[,|]/)
      .map((entry) => entry.trim().split(/[\s(:]/)[0] ?? '')
      .filter(Boolean);
  return {
    name,
    text: text.trim(),
    base: field('Essential') === 'yes' || field('Priority') === 'required',
    needs: [...names(field('Depends')), ...names(field('Pre-Depends'))],
    provides: names(field('Provides')),
  };
}
