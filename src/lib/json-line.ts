/**
 * The object that a line holds, where programs tell each other one JSON object a line.
 * @returns undefined for everything else: a program's own words, half a line, a number
 */
export function objectIn(line: string): object | undefined {
  try {
    const value: unknown = JSON.parse(line);
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? value : undefined;
  } catch {
    return undefined;
  }
}
