/** What is known of the labels of every series that an expression gives. */
export interface LabelSet {
  /** Surely there, and not empty. */
  has: ReadonlySet<string>;
  /** All that may be there; undefined when there may be any. */
  may: ReadonlySet<string> | undefined;
  /** Surely not there. */
  lacks: ReadonlySet<string>;
}

export const ANY_LABELS: LabelSet = { has: new Set(), may: undefined, lacks: new Set() };
export const NO_LABELS: LabelSet = { has: new Set(), may: new Set(), lacks: new Set() };

/** Whether no series of the expression can have this label. */
export function surelyLacks(set: LabelSet, label: string): boolean {
  return set.lacks.has(label) || (set.may !== undefined && !set.may.has(label));
}

/** Without these labels. */
export function dropping(set: LabelSet, labels: Iterable<string>): LabelSet {
  const gone = new Set(labels);
  return {
    has: new Set([...set.has].filter((l) => !gone.has(l))),
    may: set.may && new Set([...set.may].filter((l) => !gone.has(l))),
    lacks: new Set([...set.lacks, ...gone]),
  };
}

/** Nothing but these labels. */
export function keeping(set: LabelSet, labels: Iterable<string>): LabelSet {
  const kept = [...labels];
  return {
    has: new Set(kept.filter((l) => set.has.has(l))),
    may: new Set(kept.filter((l) => !surelyLacks(set, l))),
    lacks: new Set(),
  };
}

/** With labels that may or may not have been added. */
export function perhapsWith(set: LabelSet, labels: Iterable<string>): LabelSet {
  const added = [...labels];
  return {
    has: set.has,
    may: set.may && new Set([...set.may, ...added]),
    lacks: new Set([...set.lacks].filter((l) => !added.includes(l))),
  };
}

/** What holds for a series that comes from either of the two. */
export function either(a: LabelSet, b: LabelSet): LabelSet {
  return {
    has: new Set([...a.has].filter((l) => b.has.has(l))),
    may: a.may && b.may && new Set([...a.may, ...b.may]),
    lacks: new Set([...a.lacks, ...b.lacks].filter((l) => surelyLacks(a, l) && surelyLacks(b, l))),
  };
}
