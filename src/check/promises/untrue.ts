import type { Assertion, Reading, TestGroup } from './assertion.ts';
import { failedIds } from './file.ts';
import { suspectOf } from './suspect.ts';

/**
 * What promtool's output says is untrue of one alert, in words, with what of its rule explains that
 * best; undefined when the output holds anything else.
 */
export function brokenWords(groups: TestGroup[], output: string): string | undefined {
  const failed = failedIds(
    output,
    groups.flatMap(({ readings }) => readings),
  );
  return failed && untrueWords(groups, new Set(failed));
}

/** The same of statements by their numbers; undefined when all are true. */
export function untrueWords(groups: TestGroup[], failed: ReadonlySet<number>): string | undefined {
  const told = groups.flatMap((group) => untrueOf(group, failed));
  if (told.length === 0) return undefined;
  return `${told.join('; ')}: look at ${suspectOf(groups, failed)} first`;
}

/**
 * What isn't so in a world, in words; what people read is told only of an alert that behaves as it
 * must.
 */
function untrueOf(
  { name, alert, assertions, readings }: TestGroup,
  failed: ReadonlySet<number>,
): string[] {
  const isUntrue = ({ id }: { id: number }): boolean => failed.has(id);
  const states: (Assertion | Reading)[] = assertions.filter(isUntrue);
  const untrue = states.length > 0 ? states : readings.filter(isUntrue);
  const [first, ...others] = untrue;
  if (!first) return [];
  const more = others.length > 0 ? ` (nor ${others.length} more)` : '';
  return [`${name.slice(alert.length + 2)}, it is not ${first.says}${more}`];
}
