/** One figure of a bench, beside what is promised of it. */
export function row(name: string, figure: string, limit: string): void {
  process.stdout.write(`${name.padEnd(44)} ${figure.padStart(12)}   ${limit}\n`);
}
