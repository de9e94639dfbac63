/** What says which group is meant: there may be several of a name. */
interface GroupId {
  file: string;
  name: string;
}

/**
 * The group of a stack's file among those of a Prometheus, which has the files at paths of its own:
 * of the groups with this name the one whose path ends most alike.
 */
export function groupOf<T extends GroupId>(groups: T[], wanted: GroupId): T | undefined {
  return groups
    .filter(({ name }) => name === wanted.name)
    .map((group) => ({ group, alike: commonEnd(group.file, wanted.file) }))
    .sort((a, b) => b.alike - a.alike)
    .find(({ alike }) => alike > 0)?.group;
}

/** How many parts two paths have in common at their ends. */
function commonEnd(a: string, b: string): number {
  const [one, other] = [a.split('/').reverse(), b.split('/').reverse()];
  const differs = one.findIndex((part, i) => part !== other[i]);
  return differs === -1 ? one.length : differs;
}
