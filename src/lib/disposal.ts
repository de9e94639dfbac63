/**
 * Whatever is started is registered here, and ended in reverse order. (Node 20 has no
 * AsyncDisposableStack yet.) Disposing twice does nothing the second time; every disposer runs even
 * when another fails. What is registered too late, by who was still starting when all else ended,
 * is ended at once.
 */
export class Disposal {
  private stack: (() => unknown)[] = [];
  private isOver = false;

  /** Registers something disposable and returns it. */
  use<T extends AsyncDisposable>(resource: T): T {
    this.defer(() => resource[Symbol.asyncDispose]());
    return resource;
  }

  /** Registers a function to be called at the end. */
  defer(end: () => unknown): void {
    this.stack.push(end);
    // Nobody is left whom an error could be told.
    if (this.isOver) void this.dispose();
  }

  /** Ends everything, the last one first. Returns the errors that occurred. */
  async dispose(): Promise<unknown[]> {
    this.isOver = true;
    const errors: unknown[] = [];
    for (const end of this.stack.splice(0).reverse()) {
      try {
        await end();
      } catch (error) {
        errors.push(error);
      }
    }
    return errors;
  }
}
