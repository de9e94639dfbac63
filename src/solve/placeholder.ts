/** What stands in a rule for a value that somebody fills in: of jsonnet, Grafana, a shell. */
const PLACEHOLDERS = [
  /\$\{[\w.:-]+\}/,
  /%\([\w.]+\)[sdfg]/,
  /\[\[\s*[\w.]+\s*\]\]/,
  /<[A-Za-z_][\w-]*>/,
  /\$[A-Za-z_]\w*/,
];
const REMOVED: Readonly<Record<string, string>> = { holt_winters: 'double_exponential_smoothing' };

/** The first placeholder in an expression that is no PromQL; undefined when there is none. */
export function placeholderIn(text: string): string | undefined {
  for (const pattern of PLACEHOLDERS) {
    const [found] = pattern.exec(text) ?? [];
    if (found !== undefined) return found;
  }
  return undefined;
}

/** Why an expression isn't PromQL, as far as that can be told. */
export function unparsedReason(text: string, problem?: string): string {
  for (const [name, instead] of Object.entries(REMOVED))
    if (new RegExp(`\\b${name}\\s*\\(`).test(text))
      return `its expression is no PromQL of Prometheus 3, where \`${name}\` is \`${instead}\``;
  // What is too long or too deep may be PromQL all the same.
  if (problem !== undefined && /characters|nested/.test(problem))
    return `its expression isn't read: ${problem}`;
  return 'its expression is no PromQL';
}
