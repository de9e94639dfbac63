/**
 * A metrics text as a scraper reads it: the value of each series, and the type of each metric. A
 * series that is there twice is an error.
 */
export function readExposition(text: string): {
  series: Map<string, number>;
  types: Map<string, string>;
} {
  const [series, types] = [new Map<string, number>(), new Map<string, string>()];
  for (const line of text.split('\n').filter((each) => each !== '')) {
    const [, name, type] = /^# TYPE (\S+) (\S+)$/.exec(line) ?? [];
    if (name !== undefined && type !== undefined) types.set(name, type);
    else {
      const end = line.lastIndexOf(' ');
      const key = line.slice(0, end);
      if (series.has(key)) throw new Error(`${key} is there twice`);
      series.set(key, Number(line.slice(end + 1)));
    }
  }
  return { series, types };
}
