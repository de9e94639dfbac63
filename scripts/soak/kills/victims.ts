import { readFileSync } from 'node:fs';
import { descendantsOf } from '../stops.ts';

/** By these words in its command line a process of a run is one of its components. */
const COMPONENT =
  /prometheus|alertmanager|postgres|redis|beam|node.exporter|fake-services|\bk6\b|exporter/;
/** Those that only bring others in, or are the harness's own. */
const WRAPPER =
  /^(setpriv|unshare|\/bin\/sh|sh|su|erl_child_setup|inet_gethost|promtool)\b|gtv\.js/;

/** A process of a component, the first of those that are its own. */
export interface ComponentProcess {
  pid: number;
  command: string;
}

/** The components that a run's process has running now; none before they start. */
export function componentsOf(pid: number): ComponentProcess[] {
  const found = new Map<number, string>();
  for (const child of descendantsOf(pid)) {
    const command = commandOf(child);
    if (COMPONENT.test(command) && !WRAPPER.test(command) && !isHarness(command))
      found.set(child, command);
  }
  const below = new Set([...found.keys()].flatMap(descendantsOf));
  return [...found]
    .filter(([child]) => !below.has(child))
    .map(([child, command]) => ({ pid: child, command }));
}

/** The harness's own processes are given their request as JSON. */
function isHarness(command: string): boolean {
  return command.includes('inside.main') || command.includes('{"');
}

function commandOf(pid: number): string {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ').trim();
  } catch {
    return '';
  }
}
