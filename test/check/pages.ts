import { ALL_RULES } from '../../src/check/index.ts';
import type { RuleInfo } from '../../src/model/check.ts';
import { CASES, stackOf } from './support.ts';
import type { Case } from './support.ts';

/** Examples of what has its cases elsewhere. */
const EXAMPLES: Record<string, Case> = {
  'promise/broken': {
    wrong: '# promised: near 0.045, over 0.057\nshare_of_errors > 0.06',
    right: '# promised: near 0.045, over 0.057\nshare_of_errors > 0.05',
  },
  'promise/panel-differs': {
    wrong:
      '# promised of two targets that have 3 and 4: {job="streaming"} 7\navg by (job) (streams)',
    right:
      '# promised of two targets that have 3 and 4: {job="streaming"} 7\nsum by (job) (streams)',
  },
  'check/refused-by-program': {
    in: 'prometheus/prometheus.yml',
    at: '    static_configs:\n      - targets: ["api:8000"]',
    wrong:
      '    metric_name_validation_scheme: legacy\n    metric_name_escaping_scheme: allow-utf-8\n    static_configs:\n      - targets: ["api:8000"]',
    right: '    static_configs:\n      - targets: ["api:8000"]',
  },
};
const LANGUAGES: Record<string, string> = {
  yml: 'yaml',
  yaml: 'yaml',
  json: 'json',
  tmpl: 'gotemplate',
};

/** Lines shown around a change. */
const AROUND = 3;

/** All pages of docs/checks/, by file name: one for each rule, and the list of them. */
export function checkPages(): Map<string, string> {
  return new Map([
    ['README.md', index()],
    ...ALL_RULES.map((rule) => [pageOf(rule.id), page(rule)] as const),
  ]);
}

export function pageOf(id: string): string {
  return `${id.replace('/', '-')}.md`;
}

function page(rule: RuleInfo): string {
  const one = CASES[rule.id]?.[0] ?? EXAMPLES[rule.id];
  if (!one) throw new Error(`${rule.id} has no example`);
  const added = Object.entries(one.add ?? {})
    .filter(([path]) => path !== one.in)
    .map(([path, text]) => `With ${path}:\n\n${fence(path, text)}\n`);
  const { path, wrong, right } = twins(rule.id, one);
  return [
    `# ${rule.id}\n\n${rule.title}. Level: ${rule.level}.\n`,
    `${rule.why}\n\n**Mend:** ${rule.mend}\n`,
    ...added,
    `## Wrong${path === undefined ? '' : `, in ${path}`}\n\n${fence(path ?? 'expr', wrong)}\n`,
    `## Right\n\n${fence(path ?? 'expr', right)}\n`,
    `## Switch it off\n\n${switchOff(rule, one)}\n`,
  ].join('\n');
}

/**
 * Both twins of a case: the expressions, or the lines of the file in which they differ with some
 * around them.
 */
function twins(id: string, one: Case): { path: string | undefined; wrong: string; right: string } {
  if (one.in === undefined && one.at === undefined && one.right !== undefined)
    return { path: undefined, wrong: one.wrong, right: one.right };
  const path = one.in ?? 'prometheus/rules/api.yml';
  const lines = (twin: 'wrong' | 'right'): string[] =>
    (stackOf(one, twin).find((f) => f.path === path)?.text ?? '').split('\n');
  const [a, b] = [lines('wrong'), lines('right')];
  const same = Math.min(a.length, b.length);
  let head = 0;
  while (head < same && a[head] === b[head]) head++;
  let tail = 0;
  while (tail < same - head && a.at(-1 - tail) === b.at(-1 - tail)) tail++;
  const part = (all: string[]): string =>
    all.slice(Math.max(0, head - AROUND), all.length - Math.max(0, tail - AROUND)).join('\n');
  if (head === same && tail === 0 && a.length === b.length)
    throw new Error(`the first case of ${id} shows no difference in ${path}`);
  return { path, wrong: part(a), right: part(b) };
}

function switchOff({ id }: RuleInfo, { in: path = '' }: Case): string {
  if (id.startsWith('check/'))
    return "It is about switching off itself, and can't be switched off.";
  if (path.endsWith('.json'))
    return `JSON knows no comments. In check.yaml, in the stack's folder:\n\n${fence('x.yml', `off:\n  - rule: ${id}\n    file: ${path}\n    subject: panel "Requests"   # what the finding names; leave it out for the whole file\n    reason: why it is right here`)}`;
  return `For the line below and all that begins on it, or for the file with \`off-file\`:\n\n${fence('x.yml', `# gtv-check: off ${id} -- why it is right here`)}`;
}

function fence(path: string, text: string): string {
  return `\`\`\`${path === 'expr' ? 'promql' : (LANGUAGES[path.split('.').at(-1) ?? ''] ?? '')}\n${dedent(text)}\n\`\`\``;
}

function dedent(text: string): string {
  const lines = text.replace(/\n+$/, '').replace(/^\n+/, '').split('\n');
  const indent = Math.min(
    ...lines
      .filter((line) => line.trim() !== '')
      .map((line) => line.length - line.trimStart().length),
  );
  return lines.map((line) => line.slice(indent)).join('\n');
}

function index(): string {
  const families = [...new Set(ALL_RULES.map(({ id }) => id.split('/')[0] ?? ''))];
  const rows = (family: string): string =>
    ALL_RULES.filter(({ id }) => id.startsWith(`${family}/`))
      .map((rule) => `| [${rule.id}](${pageOf(rule.id)}) | ${rule.level} | ${rule.title} |`)
      .join('\n');
  return `# What \`npm run check\` finds

Errors and warnings make it fail; advice doesn't. What can't be known for certain is not told: a label that nobody can see, a metric of a job without a contract, a path in another container.

What a job exports is known from contract.yaml, else from a saved /metrics text: \`npm run check -- DIR --metrics api=api.prom\`.

## Switching a rule off

\`# gtv-check: off RULE -- reason\` stands above a line, or at its end, and holds for all that begins on that line: above \`- alert: X\`, for the whole alert. \`# gtv-check: off-file RULE -- reason\` holds for the file. JSON knows no comments; \`check.yaml\` in the stack's folder does it:

\`\`\`yaml
off:
  - rule: dashboard/no-unit
    file: grafana/dashboards/api.json
    subject: panel "Requests"   # may be left out
    reason: a count without a unit
\`\`\`

Without a reason nothing is switched off. What no longer hits anything is a finding.

## Settings by path

\`check.yaml\` in the stack's folder also says which files aren't looked at, and which levels the rules have in which files. \`*\` stands for a part of a name, \`**\` for any number of folders; of several entries that fit, the last counts. \`off\` wants a reason.

\`\`\`yaml
ignore:
  - vendor/**
overrides:
  - files: ["grafana/dashboards/**"]
    rules:
      dashboard/no-unit: off
      dashboard/fixed-range: advice
    reason: these are drawn by the vendor
\`\`\`

## Findings of before

\`--write-baseline FILE\` keeps the findings of now, \`--baseline FILE\` leaves them out, so that only new ones fail the check. They are known again by rule, file, subject and the text of their line: lines may move. What has been mended since is counted, so that the file can be written again.

## Mending

\`--fix\` mends what can't change what was meant: findings that it mends say so. Comments and layout stay. It says what it did, each place with its lines before and after; \`--fix --dry-run\` shows them and changes nothing.

## A second opinion

Where promtool and amtool are in the PATH or in the cache, they are asked too (\`check rules\`, \`check config --syntax-only\`, \`check-config\`), promtool with the \`--enable-feature\` flags of the stack's Prometheus: what a program refuses and check didn't is an error with the program's words. One that is older than what the stack pins isn't believed where it says that it doesn't know something. \`--no-second-opinion\` leaves them out.

## The alerts' unit tests

With a contract, each alert is held against its rule at real durations, in promtool's unit tests: just below the limit silent for ever; just above it pending from the first evaluation on, firing after exactly \`for\`, over when it is over. promtool is taken from the PATH, or from the cache that \`npm run fetch\` fills; without it the report says that nothing was judged. \`--write-tests FILE\` keeps the tests, \`--no-promises\` leaves them out. Which series each kind of stimulus makes stands in src/technologies/, with the technology.

${families.map((family) => `## ${family}\n\n| rule | level | what it finds |\n|---|---|---|\n${rows(family)}`).join('\n\n')}
`;
}
