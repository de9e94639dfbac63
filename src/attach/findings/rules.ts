import type { LiveFinding, NotJudged } from '../../model/attach.ts';
import { formatDuration } from '../../lib/duration.ts';
import { isSameExpression } from '../../promql/same.ts';
import type { Rule } from '../../stack/rules.ts';
import { live } from '../finding.ts';
import type { LiveGroup, LiveRule } from '../overview.ts';
import type { FilesRules } from '../files-read.ts';
import { pairsOf } from './pairs.ts';
import type { Pair } from './pairs.ts';
import { lineOf } from './place.ts';

/** A rule that runs, in its group. */
interface Running {
  rule: LiveRule;
  group: LiveGroup;
}

/**
 * The rules that run, held against those of the files.
 * @param read what could be read of the files; where that isn't all, what else runs may be theirs
 */
export function differentRules(
  groups: LiveGroup[],
  { rules, unclear, isAll }: Pick<FilesRules, 'rules' | 'unclear' | 'isAll'>,
): { findings: LiveFinding[]; notJudged: NotJudged[] } {
  const running = groups.flatMap((group) => group.rules.map((rule) => ({ rule, group })));
  const { pairs, left } = pairsOf(
    rules.map((rule) => ({ key: writtenSubject(rule), rule })),
    running.map((one) => ({ key: subjectOf(one.rule), rule: one })),
    (one, rule) => differences(one.rule, rule),
  );
  const maybe = new Set(unclear.map(writtenSubject));
  const others = left.filter(({ rule }) => !maybe.has(subjectOf(rule)));
  const findings = pairs.flatMap(different);
  if (isAll) return { findings: [...findings, ...others.map(inNoFile)], notJudged: [] };
  const notJudged = others.map(({ rule }) => ({
    what: `whether a file has ${subjectOf(rule)}`,
    why: 'it may be in what could not be read',
    decisive: false,
  }));
  return { findings, notJudged };
}

function different({ written, running, differences: all }: Pair<Rule, Running>): LiveFinding[] {
  const about = { subject: writtenSubject(written), where: lineOf(written) };
  return running
    ? all.map((title) => live('ruleDiffers', { ...about, title }))
    : [live('ruleNotLoaded', { ...about, title: 'the running Prometheus lacks it' })];
}

function inNoFile({ rule, group }: Running): LiveFinding {
  return live('ruleUnknown', {
    subject: subjectOf(rule),
    where: `${group.file}, group ${group.name}`,
    title: 'no file has this rule',
  });
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

function writtenSubject({ kind, name }: Rule): string {
  return `${kind} ${name}`;
}

/** What a finding about a rule that runs is about. */
export function subjectOf(rule: Pick<LiveRule, 'type' | 'name'>): string {
  return `${rule.type === 'alerting' ? 'alert' : 'record'} ${rule.name}`;
}
