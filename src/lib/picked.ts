/** These keys of a value, in this order; one that isn't there stays away. */
export function picked<T extends object, K extends keyof T>(value: T, ...keys: K[]): Pick<T, K> {
  const own = keys.filter((key) => value[key] !== undefined);
  return Object.fromEntries(own.map((key) => [key, value[key]])) as Pick<T, K>;
}
