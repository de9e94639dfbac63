import type { State, TestGroup } from './assertion.ts';

/** How many of the statements about a state are untrue, in some worlds. */
type Share = 'none' | 'some' | 'all';

/**
 * What of a rule explains best that statements about it are untrue: by the states that are wrong,
 * and by the worlds in which they are. Found by getting rules wrong in every way, one at a time.
 */
export function suspectOf(groups: TestGroup[], failed: ReadonlySet<number>): string {
  const share = (own: TestGroup[], state: State): Share => {
    const statements = own.flatMap((group) => group.assertions).filter((a) => a.state === state);
    const untrue = statements.filter(({ id }) => failed.has(id)).length;
    return untrue === 0 ? 'none' : untrue === statements.length ? 'all' : 'some';
  };
  const fires = (group: TestGroup): boolean =>
    group.assertions.some(({ state }) => state === 'firing');
  const [active, silent] = [groups.filter(fires), groups.filter((group) => !fires(group))];
  const [pending, firing] = [share(active, 'pending'), share(active, 'firing')];
  const [quiet, over] = [share(silent, 'silent'), share(active, 'silent')];
  // Where it only has to be one of the two, it is looked at beside what a window holds.
  const isQuiet = quiet === 'none' && share(groups, 'active') === 'none';
  if (isQuiet && pending === 'none' && firing === 'none')
    return over === 'none' ? 'its `annotations`' : '`keep_firing_for`';
  if (isQuiet && over === 'none' && firing === 'none') return '`for`, which is too short';
  if (isQuiet && over === 'none' && pending === 'none') return '`for`, which is too long';
  return inExpression(active, silent, failed, isQuiet && pending === 'all' && firing === 'all');
}

/** What of its expression; `isDead`: it is never active with the promised labels. */
function inExpression(
  active: TestGroup[],
  silent: TestGroup[],
  failed: ReadonlySet<number>,
  isDead: boolean,
): string {
  if (isDead) return '`expr`: what it selects and groups by, its window, labels or limit';
  const wrong = [...active, ...silent]
    .filter(({ assertions }) => assertions.some(({ id }) => failed.has(id)))
    .map(({ name }) => name);
  const isOnly = (pattern: RegExp): boolean => wrong.every((name) => pattern.test(name));
  if (isOnly(/at the limit|last digit|just (above|below)/))
    return '`expr`: its limit or comparison';
  if (isOnly(/burst|surge/)) return '`expr`: its window, or the function over it';
  return '`expr`: its limit, and what is compared with it';
}
