/**
 * A function that works out what it says of an object once, however often it is asked: for objects
 * that nobody changes. What it knows goes with the object.
 */
export function oncePer<Key extends object, Result>(
  make: (key: Key) => Result,
): (key: Key) => Result {
  const known = new WeakMap<Key, { result: Result }>();
  return (key) => {
    const ready = known.get(key) ?? { result: make(key) };
    known.set(key, ready);
    return ready.result;
  };
}
