/** Three digits, but no whole number is rounded: 1,001 messages are over a limit of 1,000. */
export function rounded(value: number): string {
  return Number.isInteger(value) ? String(value) : Number(value.toPrecision(3)).toString();
}
