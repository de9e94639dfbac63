import Table from 'cli-table3';
import { formatSource } from '../model/source.ts';
import type { Plan } from '../model/plan.ts';
import type { Judgement, Verdict } from '../model/verdict.ts';
import { SIGN, colors, wrap } from './style.ts';

/** Columns of the table and the expectations that they gather; what fits none of them is in the last. */
const COLUMNS: [string, string[]][] = [
  ['near', ['quiet below limit']],
  ['blip', ['blip: pending, never firing']],
  ['fires', ['pending in time', 'fires on time', 'watchdog delivered', 'told by silence']],
  ['Slack', ['slack told']],
  ['mail', ['email told']],
  ['words', ['text, labels and severity']],
  ['ends', ['resolves in time', 'slack told of the end', 'email told of the end']],
];
const OTHER = 'else';
const MEANING = { pass: 'everything that was promised is proven', fail: 'promises are broken', inconclusive: "couldn't judge" };

/** What a person reads at the end of a run: a table, every failure in full, one line of verdict. */
export function terminalReport(judgement: Judgement, plan: Plan, options: { color: boolean; width: number; runDir: string }): string {
  const c = colors(options.color);
  const paint = (outcome: Verdict['outcome'], text: string): string => (outcome === 'pass' ? c.green(text) : outcome === 'fail' ? c.red(text) : c.yellow(text));
  const open = judgement.verdicts.filter((v) => v.outcome !== 'pass');
  const parts = [table(judgement, options.color, paint)];
  alike(open).forEach((group, i) => parts.push(finding(group, i + 1, options.width, c, paint)));
  const { pass, fail, inconclusive } = judgement.counts;
  const ratio = (judgement.wallMs / judgement.criticalPathMs).toFixed(2);
  parts.push(
    [
      paint(judgement.outcome, c.bold(`${SIGN[judgement.outcome]} ${judgement.stackName}: ${MEANING[judgement.outcome]}`)) + ` (${pass} passed, ${fail} failed, ${inconclusive} inconclusive; exit ${judgement.exitCode})`,
      ...(judgement.interruption === null ? [] : [wrap(`  interrupted: ${judgement.interruption}`, options.width - 2, '  ')]),
      c.dim(`  ${(judgement.wallMs / 1000).toFixed(1)} s at speed ${judgement.speed}; the plan's critical path is ${(judgement.criticalPathMs / 1000).toFixed(1)} s (${ratio} times); ${plan.tracks.length} tracks`),
      c.dim(`  evidence: ${options.runDir}`),
      c.dim(`  judge it again: npm run judge -- ${options.runDir}`),
    ].join('\n'),
  );
  return parts.join('\n\n');
}

function table(judgement: Judgement, color: boolean, paint: (outcome: Verdict['outcome'], text: string) => string): string {
  const grid = new Table({ head: ['alert', ...COLUMNS.map(([name]) => name), OTHER], style: { head: color ? ['bold'] : [], border: color ? ['gray'] : [], 'padding-left': 0, 'padding-right': 1 }, chars: { top: '', 'top-mid': '', 'top-left': '', 'top-right': '', bottom: '', 'bottom-mid': '', 'bottom-left': '', 'bottom-right': '', left: '', 'left-mid': '', mid: '', 'mid-mid': '', right: '', 'right-mid': '', middle: '' } });
  const known = new Set(COLUMNS.flatMap(([, names]) => names));
  for (const track of [...new Set(judgement.verdicts.map((v) => v.track))]) {
    const own = judgement.verdicts.filter((v) => v.track === track);
    const cell = (verdicts: Verdict[], figure: boolean): string => {
      const worst = verdicts.find((v) => v.outcome === 'fail') ?? verdicts.find((v) => v.outcome === 'inconclusive') ?? verdicts.at(-1);
      if (!worst) return '';
      const short = /^\+?[\d.]+ s$/.test(worst.measured ?? '') ? ` ${worst.measured?.replace(' s', '') ?? ''}` : '';
      return paint(worst.outcome, `${SIGN[worst.outcome]}${figure ? short : ''}`);
    };
    grid.push([track, ...COLUMNS.map(([name, names]) => cell(own.filter((v) => names.includes(v.expectation)), name !== 'near')), cell(own.filter((v) => !known.has(v.expectation)), false)]);
  }
  return `${grid.toString()}\n${color ? '' : ''}near: quiet just below the limit · blip: pending, never firing · fires: +seconds from pending to firing\nSlack, mail: +seconds until told · ends: +seconds until told of the end · else: inhibition, nothing unexpected`;
}

/** Verdicts that say the same of several tracks are told once. */
function alike(verdicts: Verdict[]): Verdict[][] {
  const groups = new Map<string, Verdict[]>();
  for (const verdict of verdicts) {
    const key = verdict.finding?.id === 'could-not-judge' ? `${verdict.finding.id} ${verdict.expectation} ${verdict.finding.seen}` : String(groups.size);
    groups.set(key, [...(groups.get(key) ?? []), verdict]);
  }
  return [...groups.values()];
}

function finding(group: Verdict[], number: number, width: number, c: ReturnType<typeof colors>, paint: (outcome: Verdict['outcome'], text: string) => string): string {
  const [verdict] = group;
  const f = verdict?.finding;
  if (!verdict || !f) return '';
  const title = group.length > 1 ? `${group.length} tracks could not be judged: ${group.map((v) => v.track).join(', ')}` : f.title;
  const row = (name: string, text: string): string => `   ${c.dim(name.padEnd(9))} ${wrap(text, width - 14, ' '.repeat(13))}`;
  return [
    `${paint(verdict.outcome, wrap(`${SIGN[verdict.outcome]} ${number}. ${title}`, width - 4, '   '))} ${c.dim(`[${f.id}]`)}`,
    ...(f.source && group.length === 1 ? [row('where', formatSource(f.source))] : []),
    ...(group.length === 1 ? [row('promise', `${verdict.track}: ${verdict.expectation}`)] : []),
    ...(f.query ? [row('query', f.query.trim())] : []),
    row('expected', f.expected),
    row('seen', f.seen),
    row('likely', f.likelyCause),
  ].join('\n');
}
