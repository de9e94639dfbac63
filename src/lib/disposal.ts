/**
 * Whatever is started is registered here, and ended in reverse order. (Node 20 has no
 * AsyncDisposableStack yet.) Disposing twice does nothing the second time; every disposer runs even
 * when another fails.
 */
export class Disposal {
  private stack: (() => unknown)[] = [];

  /** Registers something disposable and returns it. */
  use<T extends AsyncDisposable>(resource: T): T {
    this.stack.push(() => resource[Symbol.asyncDispose]());
    return resource;
  }

  /** Registers a function to be called at the end. */
  defer(end: () => unknown): void {
    this.stack.push(end);
  }

  /** Ends everything, the last one first. Returns the errors that occurred. */
  async dispose(): Promise<unknown[]> {
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
