import type { LiveFinding } from '../../model/attach.ts';
import { formatDuration } from '../../lib/duration.ts';
import { isSameExpression } from '../../promql/same.ts';
import type { Rule } from '../../stack/rules.ts';
import { live } from '../finding.ts';
import type { LiveGroup, LiveRule } from '../overview.ts';
import { lineOf } from './place.ts';

const RULES_PATH = '/api/v1/rules';

/** The rules that run, held against those of the files. */
export function differentRules(groups: LiveGroup[], rules: Rule[]): LiveFinding[] {
  const running = groups.flatMap((group) => group.rules);
  const left = new Set(running);
  const findings: LiveFinding[] = [];
  for (const rule of rules) {
    const namesakes = running.filter((one) => one.name === rule.name && left.has(one));
    const same = namesakes.find((one) => differences(one, rule).length === 0) ?? namesakes[0];
    const about = { subject: `${rule.kind} ${rule.name}`, where: lineOf(rule) };
    if (!same) {
      findings.push(live('ruleNotLoaded', { ...about, title: 'the running Prometheus lacks it' }));
      continue;
    }
    left.delete(same);
    for (const title of differences(same, rule))
      findings.push(live('ruleDiffers', { ...about, title }));
  }
  for (const rule of left)
    findings.push(
      live('ruleUnknown', {
        subject: subjectOf(rule),
        where: RULES_PATH,
        title: 'no file has this rule',
      }),
    );
  return findings;
}

/** What is different between a rule that runs and the same in a file, each in one line. */
function differences(running: LiveRule, rule: Rule): string[] {
  return [
    ...(isSameExpression(running.query, rule.expression.text)
      ? []
      : [`its expression runs as \`${running.query}\``]),
    ...differentDurations('for', running.duration * 1000, rule.forMs),
    ...differentDurations('keep_firing_for', running.keepFiringFor * 1000, rule.keepFiringForMs),
    ...differentTexts('label', running.labels, rule.labels),
    ...differentTexts('annotation', running.annotations, rule.annotations),
  ];
}

/** One of a rule's durations, ms; undefined: what is written is none. */
function differentDurations(
  key: string,
  runningMs: number,
  writtenMs: number | undefined,
): string[] {
  if (writtenMs === undefined || runningMs === writtenMs) return [];
  const [running, written] = [runningMs, writtenMs].map((ms) => formatDuration(ms));
  return [`\`${key}\` is ${running} in the running one and ${written} in the file`];
}

function differentTexts(
  kind: 'label' | 'annotation',
  running: Record<string, string>,
  written: Rule['labels'],
): string[] {
  const names = [...new Set([...Object.keys(running), ...written.keys()])];
  return names
    .filter((name) => (running[name] ?? '').trim() !== (written.get(name)?.text ?? '').trim())
    .map((name) => `the ${kind} \`${name}\` is \`${running[name] ?? ''}\` in the running one`);
}

/** What a finding about a rule that runs is about. */
export function subjectOf(rule: Pick<LiveRule, 'type' | 'name'>): string {
  return `${rule.type === 'alerting' ? 'alert' : 'record'} ${rule.name}`;
}
