import type { CheckFinding, RuleInfo, TextEdit } from '../../model/check.ts';
import { nearest } from '../../lib/nearest.ts';
import { finding } from '../finding.ts';
import type { Place } from '../../stack/source/value.ts';
import type { Stack } from '../../stack/index.ts';
import { OVERRIDE_KEYS, levelMeant, overridesIn, relevelled } from '../settings.ts';
import type { Override } from '../settings.ts';
import { promqlComments, yamlComments } from './comments.ts';
import type { Comment } from './comments.ts';
import { regionOf } from './region.ts';

const withoutReason: RuleInfo = {
  id: 'check/off-without-reason',
  level: 'warning',
  title: 'A rule switched off without a reason',
  why: 'Nobody can tell later whether it still holds.',
  mend: 'Write why: `# gtv-check: off promql/rate-of-gauge -- the exporter calls it a gauge`.',
};
const unused: RuleInfo = {
  id: 'check/off-unused',
  level: 'warning',
  title: 'A rule switched off where it finds nothing',
  why: 'It would hide the next fault of this kind, which nobody has looked at.',
  mend: 'Remove it.',
};
const unknown: RuleInfo = {
  id: 'check/off-unknown-rule',
  level: 'warning',
  title: 'A rule switched off that does not exist',
  why: 'It switches nothing off.',
  mend: 'Use the id that the finding shows, such as `promql/rate-of-gauge`.',
};

/** Rules about switching other rules off; nothing switches them off. */
export const OFF_RULES: RuleInfo[] = [withoutReason, unused, unknown];

/** One rule switched off somewhere. */
interface Off {
  rule: string;
  reason: string;
  place: Place;
  /** The only rule of a comment: then all of the comment can go. */
  alone: boolean;
  covers: (finding: CheckFinding) => boolean;
}

/**
 * Leaves out what is switched off, and adds what is wrong with the switches themselves.
 * @param judged whether these findings are all there is of a rule: only then a switch for it can be
 * out of use
 */
export function switchOff(
  stack: Stack,
  findings: CheckFinding[],
  known: Set<string>,
  judged: (rule: string) => boolean,
): { kept: CheckFinding[]; switchedOff: number } {
  const overrides = stack.settings ? overridesIn(stack.settings.root) : [];
  const offs = [...fromComments(stack), ...fromSettings(stack), ...fromOverrides(overrides)].filter(
    (off) => judged(off.rule),
  );
  const used = new Set<Off>();
  const kept = relevelled(findings, overrides).filter((one) => {
    const hits = offs.filter((off) => off.rule === one.rule && off.covers(one));
    for (const hit of hits) used.add(hit);
    // One without a reason switches nothing off.
    return !hits.some((hit) => hit.reason !== '');
  });
  const own = offs.flatMap((off) => {
    if (!known.has(off.rule)) {
      const close = nearest(off.rule, [...known]);
      return [
        finding(
          unknown,
          off.place,
          `there is no rule \`${off.rule}\`${close === undefined ? '' : `; is \`${close}\` meant?`}`,
          {},
        ),
      ];
    }
    if (off.reason === '')
      return [
        finding(withoutReason, off.place, `\`${off.rule}\` is switched off without a reason`, {}),
      ];
    return used.has(off)
      ? []
      : [
          finding(
            unused,
            off.place,
            `\`${off.rule}\` finds nothing here`,
            off.alone ? { fix: { title: 'without it', edits: [removal(off.place)] } } : {},
          ),
        ];
  });
  if (judged(unknown.id)) own.push(...brokenSettings(stack), ...brokenOverrides(overrides, known));
  return { kept: [...kept, ...own], switchedOff: findings.length - kept.length };
}

const SETTINGS_KEYS = ['rule', 'file', 'subject', 'reason'];
const DIRECTIVE = /^\s*gtv-check:\s*(off|off-file)\s+(.*?)\s*(?:--\s*(.*?)\s*)?$/;

function fromComments({ files, expressions }: Stack): Off[] {
  // Nearly no file has one: only those that do are read once more.
  const marked = new Set(
    files.filter((file) => file.kind === 'yaml' && file.text.includes('gtv-check:')),
  );
  const comments: Comment[] = [
    ...[...marked].flatMap(yamlComments),
    ...expressions.filter((e) => marked.has(e.value.file)).flatMap(promqlComments),
  ];
  return comments.flatMap((comment): Off[] => {
    const parts = DIRECTIVE.exec(comment.text);
    if (!parts) return [];
    const region = regionOf(comment);
    const { path } = comment.file;
    const covers = (one: CheckFinding): boolean =>
      one.file === path &&
      (parts[1] === 'off-file' || (one.line >= region.first && one.line <= region.last));
    const ids = (parts[2] ?? '').split(/[\s,]+/).filter((id) => id !== '');
    return ids.map((rule) => ({
      rule,
      reason: parts[3] ?? '',
      place: comment,
      alone: ids.length === 1,
      covers,
    }));
  });
}

/**
 * JSON knows no comments: `off` in check.yaml names rule, file and, to be exact, what the finding
 * is about.
 */
function fromSettings({ settings }: Stack): Off[] {
  return (settings?.root.get('off').items() ?? []).flatMap((entry): Off[] => {
    const rule = entry.get('rule').text();
    if (rule === undefined) return [];
    const [file, subject] = [entry.get('file').text(), entry.get('subject').text()];
    return [
      {
        rule,
        reason: entry.get('reason').text()?.trim() ?? '',
        place: entry.get('rule').place,
        alone: false,
        covers: (one) =>
          (file === undefined || one.file === file) &&
          (subject === undefined || one.subject === subject),
      },
    ];
  });
}

/** What `overrides` switches off in some files. */
function fromOverrides(overrides: Override[]): Off[] {
  return overrides.flatMap(({ rules, reason, covers }) =>
    rules
      .filter(({ level }) => level === 'off')
      .map(({ id, value }) => ({ rule: id, reason, place: value.keyPlace, alone: false, covers })),
  );
}

/**
 * Overrides of rules that don't exist, by a level that is none, or with a key that nobody reads.
 */
function brokenOverrides(overrides: Override[], known: Set<string>): CheckFinding[] {
  return overrides.flatMap(({ entry, rules }) => [
    ...entry
      .entries()
      .filter(({ key }) => !OVERRIDE_KEYS.includes(key))
      .map(({ key, value }) =>
        finding(unknown, value.keyPlace, `there is no key \`${key}\` here`, {
          mend: `An entry has ${OVERRIDE_KEYS.join(', ')}.`,
        }),
      ),
    ...rules.flatMap(({ id, level, value }) => {
      if (level === undefined)
        return [
          finding(
            unknown,
            value.place,
            `\`${value.text() ?? ''}\` is no level; ${levelMeant(value.text() ?? '')}`,
            {
              mend: 'A rule is error, warning, advice or off.',
            },
          ),
        ];
      // What is switched off is judged with the other switches.
      return known.has(id) || level === 'off'
        ? []
        : [finding(unknown, value.keyPlace, `there is no rule \`${id}\``, {})];
    }),
  ]);
}

/** Entries of check.yaml that name no rule, or have a key that nobody reads. */
function brokenSettings({ settings }: Stack): CheckFinding[] {
  const off = settings?.root.get('off');
  if (off?.exists && !off.isList)
    return [
      finding(unknown, off.place, '`off` is no list', {
        mend: `Write a list of entries with ${SETTINGS_KEYS.join(', ')}.`,
      }),
    ];
  return (settings?.root.get('off').items() ?? []).flatMap((entry) => {
    const keys = entry
      .entries()
      .filter(({ key }) => !SETTINGS_KEYS.includes(key))
      .map(({ key, value }) =>
        finding(unknown, value.keyPlace, `there is no key \`${key}\` here`, {
          mend: `An entry has ${SETTINGS_KEYS.join(', ')}.`,
        }),
      );
    return entry.get('rule').text() === undefined && keys.length === 0
      ? [finding(unknown, entry.head, 'this entry names no rule', {})]
      : keys;
  });
}

/** Takes a comment out: with its line, or with the blanks before it. */
function removal({ file: { text }, from, to }: Place): TextEdit {
  const line = text.lastIndexOf('\n', from - 1) + 1;
  if (text.slice(line, from).trim() === '')
    return { from: line, to: text[to] === '\n' ? to + 1 : to, text: '' };
  return { from: from - (/[ \t]*$/.exec(text.slice(line, from))?.[0].length ?? 0), to, text: '' };
}
