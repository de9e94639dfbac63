import { Document, Pair, YAMLSeq, isMap, isScalar, isSeq, parseDocument, visit } from 'yaml';
import type { Node, Scalar, YAMLMap } from 'yaml';
import { HarnessError } from '../lib/errors.ts';
import { HEAD, SECTIONS } from './comments.ts';
import type { Derived, Entry } from './derived.ts';

/** A contract's text, and what of it is new: `alerts.SiteDown`. */
export interface Written {
  text: string;
  added: string[];
}

/** Nothing is broken where a line ends: expressions stay in one piece. */
const FORM = { lineWidth: 0, flowCollectionPadding: true } as const;

/**
 * The text of a contract that says what was derived. Of one that is there already everything is
 * kept, comments too, and what it doesn't mention is added.
 * @param old undefined where there is none yet
 * @param missing which of an alert's entries the old one lacks
 * @throws HarnessError where the old one isn't YAML
 */
export function written(
  old: string | undefined,
  derived: Derived,
  missing: (name: string, entries: Entry[]) => Entry[],
): Written {
  const isNew = old === undefined || old.trim() === '';
  const document: Document = isNew ? new Document({}) : parseDocument(old);
  const [wrong] = document.errors;
  if (wrong)
    throw new HarnessError(
      `contract.yaml can't be read: ${wrong.message.split('\n')[0] ?? ''}`,
      'Mend it, or move it away; nothing was written.',
    );
  if (!isMap(document.contents)) document.contents = document.createNode({});
  const into = new Contract(document, missing);
  if (isNew) document.commentBefore = HEAD;
  into.value('version', 1);
  // How all are scraped and told is said once; who took it out meant to.
  if (isNew && derived.scraping) into.value('scraping', derived.scraping);
  into.entries('jobs', derived.jobs);
  into.entries('receivers', derived.receivers);
  if (isNew && derived.telling) into.value('telling', derived.telling);
  into.entries('metrics', derived.metrics);
  into.lists('alerts', derived.alerts);
  for (const [title, panels] of Object.entries(derived.dashboards))
    into.lists('dashboards', panels, title);
  const { added } = into;
  return { text: added.length === 0 && old !== undefined ? old : document.toString(FORM), added };
}

/** A contract that is being added to. */
class Contract {
  readonly added: string[] = [];
  private readonly document: Document;
  private readonly missing: (name: string, entries: Entry[]) => Entry[];

  constructor(document: Document, missing: (name: string, entries: Entry[]) => Entry[]) {
    this.document = document;
    this.missing = missing;
  }

  /** A value at the top, unless one is there. */
  value(key: string, value: unknown): void {
    if (this.document.has(key)) return;
    this.add(this.document.contents as YAMLMap, key, this.node(value, true), SECTIONS[key]);
    this.added.push(key);
  }

  /** Entries of a section, each in a line of its own. */
  entries(section: string, entries: Record<string, Entry>): void {
    for (const [name, entry] of Object.entries(entries)) {
      const map = this.section(section);
      if (!map || map.has(name)) continue;
      this.add(map, name, this.node(entry, true));
      this.added.push(`${section}.${name}`);
    }
  }

  /** Entries that may be several of a name. */
  lists(section: string, named: Record<string, Entry[]>, within?: string): void {
    for (const [name, entries] of Object.entries(named)) {
      const map = this.section(section, within);
      if (!map) continue;
      const path = [section, ...(within === undefined ? [] : [within]), name].join('.');
      const there = map.get(name, true) as unknown;
      if (there === undefined) {
        const [only, ...others] = entries;
        this.add(map, name, this.node(others.length > 0 ? entries : only));
        this.added.push(path);
        continue;
      }
      const more = section === 'alerts' ? this.missing(name, entries) : [];
      for (const entry of more) this.append(map, name, entry);
      if (more.length > 0) this.added.push(path);
    }
  }

  /** Makes a list of what is one entry so far. */
  private append(map: YAMLMap, name: string, entry: Entry): void {
    const there = map.get(name, true) as Node | undefined;
    if (isSeq(there)) there.add(this.node(entry));
    else {
      const list = new YAMLSeq<Node>();
      if (there) list.add(there);
      list.add(this.node(entry));
      map.set(name, list);
    }
  }

  /** The map of a section, made where there is none; undefined where something else stands. */
  private section(name: string, within?: string): YAMLMap | undefined {
    const top = this.mapIn(this.document.contents as YAMLMap, name, SECTIONS[name]);
    return within === undefined || !top ? top : this.mapIn(top, within);
  }

  private mapIn(map: YAMLMap, key: string, comment?: string): YAMLMap | undefined {
    const there = map.get(key, true) as unknown;
    if (isMap(there)) return there;
    if (there !== undefined && !(isScalar(there) && there.value === null)) return undefined;
    const made = this.document.createNode({});
    if (there === undefined) this.add(map, key, made, comment);
    else map.set(key, made);
    return made;
  }

  private add(map: YAMLMap, key: string, value: Node, comment?: string): void {
    const name = this.document.createNode(key) as Scalar;
    if (comment !== undefined) {
      name.commentBefore = comment;
      name.spaceBefore = true;
    }
    map.add(new Pair(name, value));
  }

  /** @param flow in one line; lists of names always are */
  private node(value: unknown, flow = false): Node {
    const node = this.document.createNode(value, { flow });
    visit(node, {
      Seq: (_, list) => {
        if (list.items.every(isScalar)) list.flow = true;
      },
    });
    return node;
  }
}
