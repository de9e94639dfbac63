/** Whether a label set has these labels, at least. */
export function carries(labels: Record<string, string>, wanted: Record<string, string>): boolean {
  return Object.entries(wanted).every(([name, value]) => (labels[name] ?? '') === value);
}
