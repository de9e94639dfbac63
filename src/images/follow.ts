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
  let rest = '';
  for await (const chunk of stream) {
    const lines = (rest + String(chunk)).split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines.filter((text) => text.trim() !== '')) take(line, onEvent);
  }
  if (rest.trim() !== '') take(rest, onEvent);
}

function take(line: string, onEvent: (event: EngineEvent) => void): void {
  const event = JSON.parse(line) as EngineEvent;
  if (event.error !== undefined) throw new Error(event.error.trim());
  onEvent(event);
}
