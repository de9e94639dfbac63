/** These keys of a value, in this order; one that isn't there stays away. */
export function picked<T extends object, K extends keyof T>(value: T, ...keys: K[]): Pick<T, K> {
  const own = keys.filter((key) => value[key] !== undefined);
  return Object.fromEntries(own.map((key) => [key, value[key]])) as Pick<T, K>;
}

/** Labels but for those with these names. */
export function without(
  labels: Record<string, string>,
  names: readonly string[],
): Record<string, string> {
  return Object.fromEntries(Object.entries(labels).filter(([name]) => !names.includes(name)));
}
