import { objectIn } from '../lib/json-line.ts';

/** Of words that nobody understands the first letters are shown. */
const MOST = 200;

/** One line of what an engine tells while it works. */
export interface EngineEvent {
  status?: string;
  /** Part of an image that is being pulled. */
  id?: string;
  error?: string;
  progressDetail?: { current?: number; total?: number };
}

/**
 * Reads what an engine tells while it works, until it is done.
 * @throws Error with the engine's own words when it failed, or the stream's when it broke off
 */
export async function followed(
  stream: NodeJS.ReadableStream,
  onEvent: (event: EngineEvent) => void = () => undefined,
): Promise<void> {
  for await (const line of linesOf(stream)) if (line.trim() !== '') take(line, onEvent);
}

/** Lines of a stream, wherever its chunks begin and end. */
async function* linesOf(stream: NodeJS.ReadableStream): AsyncGenerator<string> {
  const decoder = new TextDecoder();
  let begun: string[] = [];
  for await (const chunk of stream) {
    const bytes = typeof chunk === 'string' ? Buffer.from(chunk) : chunk;
    const [first = '', ...more] = decoder.decode(bytes, { stream: true }).split('\n');
    begun.push(first);
    const last = more.pop();
    if (last === undefined) continue;
    yield begun.join('');
    yield* more;
    begun = [last];
  }
  yield begun.join('');
}

function take(line: string, onEvent: (event: EngineEvent) => void): void {
  const event = objectIn(line) as EngineEvent | undefined;
  if (!event) throw new Error(`the engine says what isn't its language: ${line.slice(0, MOST)}`);
  if (event.error !== undefined) throw new Error(String(event.error).trim());
  onEvent(event);
}
