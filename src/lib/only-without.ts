/** What is said of an alert whose sides meet for series alone that lack some labels. */
export function onlyWithout(labels: readonly string[]): string {
  const names = labels.map((label) => `\`${label}\``).join(' and ');
  return (
    `it fires only for series without ${names}: one side of an operator groups by it, and the ` +
    'other never has it'
  );
}
