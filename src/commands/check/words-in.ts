/** What a program says against a file, and the line that it names. */
export interface Said {
  words: string;
  line: number | undefined;
}

/** What programs say beside the trouble itself. */
const NO_TROUBLE = /^(Checking \S+$|SUCCESS|FAILED:?$|amtool: error)/;
/** What they log meanwhile. */
const LOGGED =
  /^\d{4}\/\d\d\/\d\d \d\d:\d\d:\d\d |^(time|ts|caller)=\S+ .*\blevel=(?!error)|^level=(?!error)/i;
/** Said of a flag that promtool doesn't know, with no end of line behind it. */
const UNKNOWN_FLAG = /WARNING: Unknown feature passed to --enable-feature: [a-z-]+/g;

/**
 * Reads what promtool or amtool says against a file: its lines without the path, each with the line
 * that it names. Of a crash the first line says enough.
 * @param path the file, as the program was given it
 */
export function wordsIn(output: string, path: string): Said[] {
  const [said = ''] = output.replace(UNKNOWN_FLAG, '\n').split(/\n\[signal|\n\ngoroutine/, 1);
  const lines = said
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '' && !NO_TROUBLE.test(line) && !LOGGED.test(line))
    .map((line) => line.replace(/^Checking '.*?' *FAILED: */, '').replace(/^FAILED: */, ''))
    .map((line) => line.replace('parsing YAML file ', '').replace(`${path}: `, ''));
  return [...new Set(joined(lines))].map((words) => {
    const line = /^(\d+):\d+:/.exec(words)?.[1] ?? /\bline (\d+):/.exec(words)?.[1];
    return { words, line: line === undefined ? undefined : Number(line) };
  });
}

/** `yaml: unmarshal errors:` is followed by lines of its own. */
function joined(lines: string[]): string[] {
  const all: string[][] = [];
  for (const line of lines) {
    const last = all.at(-1);
    if (last?.at(-1)?.endsWith(':') === true) last.push(line);
    else all.push([line]);
  }
  return all.map((parts) => parts.join(' '));
}
