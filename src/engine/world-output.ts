import { parseDurationMs } from '../lib/duration.ts';
import type { VirtualStates } from '../model/virtual-world.ts';

/** A statement that wasn't true, as promtool reports it: its time, and what was there instead. */
const STATEMENT = /^ *expr: "ALERTS", time: ([^,\s]+),[^\n]*\n *exp: ?[^\n]*\n *got: ?([^\n]*)$/gm;
/** One series of what was there: `{__name__="ALERTS", …} 1E+00`; quoted braces are no ends. */
const SERIES = /\{((?:[^"{}]|"(?:[^"\\]|\\.)*")*)\} [-+.\dEe]+/g;
const LABEL = /("(?:[^"\\]|\\.)*"|[a-zA-Z_]\w*)=("(?:[^"\\]|\\.)*")/g;
const ERROR = /^ *rule: (.*?), time: \S+, err: (.*)$/gm;

/** The alerts at every evaluation, from promtool's report of what they were. */
export function readAlerts(output: string): VirtualStates[] {
  const found = new Map<string, VirtualStates>();
  const byText = new Map<string, { key: string; labels: Record<string, string>; state: string }>();
  for (const [, time = '', got = ''] of output.matchAll(STATEMENT)) {
    const at = parseDurationMs(time);
    if (at === undefined) continue;
    for (const [, text = ''] of got.matchAll(SERIES)) {
      const known = byText.get(text) ?? instanceOf(text);
      byText.set(text, known);
      const states = found.get(known.key) ?? { labels: known.labels, active: [], firing: [] };
      found.set(known.key, states);
      states.active.push(at);
      if (known.state === 'firing') states.firing.push(at);
    }
  }
  return [...found.values()];
}

/** Rules that promtool couldn't evaluate, each once. */
export function readErrors(output: string): { rule: string; error: string }[] {
  const byRule = new Map<string, string>();
  for (const [, rule = '', error = ''] of output.matchAll(ERROR))
    if (!byRule.has(rule)) byRule.set(rule, error);
  return [...byRule].map(([rule, error]) => ({ rule, error }));
}

function instanceOf(text: string): { key: string; labels: Record<string, string>; state: string } {
  const all = [...text.matchAll(LABEL)].map(([, name = '', value = '']): [string, string] => [
    name.startsWith('"') ? unquoted(name) : name,
    unquoted(value),
  ]);
  const state = all.find(([name]) => name === 'alertstate')?.[1] ?? '';
  const own = all.filter(([name]) => name !== 'alertstate' && name !== '__name__');
  return { key: JSON.stringify(own), labels: Object.fromEntries(own), state };
}

/** Go's quotes, as far as they are JSON's; the few escapes of its own stay as they are. */
function unquoted(text: string): string {
  try {
    return JSON.parse(text) as string;
  } catch {
    return text.slice(1, -1);
  }
}
