import type { CheckFinding, RuleInfo } from '../model/check.ts';
import type { Place } from '../stack/source/value.ts';
import type { Extra } from './rule.ts';

/** A finding as the reports take it. */
export function finding(rule: RuleInfo, place: Place, title: string, extra: Extra): CheckFinding {
  const start = place.file.position(place.from);
  const end = place.file.position(Math.max(place.from, place.to));
  return {
    rule: rule.id,
    level: extra.level ?? rule.level,
    file: place.file.path,
    line: start.line,
    column: start.column,
    endLine: end.line,
    endColumn: end.column,
    title,
    why: extra.why ?? rule.why,
    mend: extra.mend ?? rule.mend,
    ...(extra.subject === undefined ? {} : { subject: extra.subject }),
    // A text within a text can't be changed by what is right for a file of its own.
    ...(extra.fix === undefined || place.file.embedding ? {} : { fix: extra.fix }),
  };
}
