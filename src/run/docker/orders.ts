import type { Order } from '../../runtimes/remote/protocol.ts';

/**
 * What the driver is told over its standard input, a line of JSON each. What comes before it is
 * there waits for it; what comes when it was told to end is for nobody.
 */
export class Orders {
  private stream: NodeJS.WritableStream | undefined;
  private readonly waiting: string[] = [];

  /** The driver listens from now on. */
  open(stream: NodeJS.WritableStream): void {
    // Who is just dying takes nothing any more: its end tells more than a broken pipe.
    stream.on('error', () => undefined);
    // What some engines put before the first line is a line of its own then.
    stream.write('\n');
    for (const line of this.waiting.splice(0)) stream.write(line);
    this.stream = stream;
  }

  tell(order: Order): void {
    const line = `${JSON.stringify(order)}\n`;
    if (!this.stream) this.waiting.push(line);
    else if (this.stream.writable) this.stream.write(line);
  }

  /** Nothing more is told: for the driver that means to end. */
  end(): void {
    this.stream?.end();
  }
}
