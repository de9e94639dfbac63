import type { GoValue } from './values.ts';

/** Variables of a block, and of those around it. */
export class Scope {
  private readonly outer: Scope | undefined;
  private readonly own: Map<string, GoValue>;

  constructor(outer: Scope | undefined, own = new Map<string, GoValue>()) {
    this.outer = outer;
    this.own = own;
  }

  get(name: string): GoValue | undefined {
    return this.own.get(name) ?? this.outer?.get(name);
  }

  declare(name: string, value: GoValue): void {
    this.own.set(name, value);
  }

  assign(name: string, value: GoValue): void {
    if (this.own.has(name) || !this.outer) this.own.set(name, value);
    else this.outer.assign(name, value);
  }
}
