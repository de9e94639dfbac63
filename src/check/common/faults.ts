import { groupBy } from '../../lib/group-by.ts';
import { nearest } from '../../lib/nearest.ts';
import { oncePer } from '../../lib/once-per.ts';
import type { Stack } from '../../stack/index.ts';
import { ALERTMANAGER_IMAGE, pinnedVersion, PROMETHEUS_IMAGE } from '../../stack/pinned.ts';
import type { Group } from '../../stack/rules.ts';
import type { Value } from '../../stack/source/value.ts';
import { namedRuleFiles } from '../../stack/unread.ts';
import type { Say } from '../rule.ts';
import { alertmanagerFile } from '../schemas/alertmanager/index.ts';
import { prometheusFile } from '../schemas/prometheus/index.ts';
import { monitorFaults } from '../schemas/prometheus/monitor.ts';
import { ruleFile, ruleGroup, rulerFile, rulerGroup } from '../schemas/prometheus/rules.ts';
import type { Fields } from '../schemas/shape.ts';
import { faultsOf } from '../schemas/validate.ts';
import type { Fault } from '../schemas/validate.ts';

/** What the programs refuse in their configurations, and Prometheus in rule files. */
interface Faults {
  configurations: Fault[];
  ruleFiles: Fault[];
}

/** All faults of a stack by shape, found once. */
const faults = oncePer((stack: Stack): Faults => {
  const prometheus = pinnedVersion(stack, PROMETHEUS_IMAGE)?.major;
  const alertmanager = pinnedVersion(stack, ALERTMANAGER_IMAGE)?.major;
  return {
    configurations: [
      ...stack.prometheus
        .filter(({ origin }) => origin === 'file')
        .flatMap(({ root }) => configuration(root, prometheusFile, prometheus)),
      ...stack.prometheus
        .filter(({ origin }) => origin === 'operator')
        .flatMap(({ root, jobs }) => [root.get('spec'), ...jobs.map(({ value }) => value)])
        .filter(isSound)
        .flatMap((value) =>
          monitorFaults(value, { major: prometheus, global: value.get('global') }),
        ),
      ...stack.alertmanagers
        .filter(({ partial }) => !partial)
        .flatMap(({ root }) => configuration(root, alertmanagerFile, alertmanager)),
    ],
    ruleFiles: ruleFaults(stack, prometheus),
  };
});

/**
 * A rule file is judged as a whole; of a resource that holds groups, the groups. What no Prometheus
 * is seen to load may be another ruler's.
 */
function ruleFaults(stack: Stack, major: number | undefined): Fault[] {
  const judge = (value: Value, shape: Fields): Fault[] =>
    isSound(value) ? faultsOf(value, shape, { major, global: value.get('global') }) : [];
  const isLoaded = ({ prometheus }: Group): boolean => prometheus !== undefined;
  const files = groupBy(
    stack.groups.filter((group) => !group.isResource),
    ({ file }) => file,
  );
  return [
    ...[...misnamed(stack)].flatMap((root) => judge(root, ruleFile)),
    ...[...files]
      .filter(([{ root }]) => root.get('groups').isList)
      .flatMap(([{ root }, groups]) => judge(root, groups.some(isLoaded) ? ruleFile : rulerFile)),
    ...stack.groups
      .filter((group) => group.isResource)
      .flatMap((group) => judge(group.value, isLoaded(group) ? ruleGroup : rulerGroup)),
  ];
}

/** What is loaded for a rule file, is nothing else, and has a key that was meant for `groups`. */
function misnamed({ prometheus, unread }: Stack): Value[] {
  const loaded = namedRuleFiles(prometheus);
  return unread
    .filter(({ file, reason }) => reason === 'not-of-a-stack' && loaded.has(file))
    .map(({ file }) => file.root)
    .filter((root) => root.entries().some(({ key }) => nearest(key, ['groups']) !== undefined));
}

function configuration(root: Value, shape: Fields, major: number | undefined): Fault[] {
  return isSound(root) ? faultsOf(root, shape, { major, global: root.get('global') }) : [];
}

/** What is broken may be read wrongly: then its syntax alone is told. */
function isSound({ file }: Value): boolean {
  return file.errors.length === 0;
}

/** Tells the faults of one kind, each once: what is shared by an alias stands in one place. */
export function sayFaults(stack: Stack, say: Say, where: keyof Faults, kind: Fault['kind']): void {
  const told = new Set<string>();
  for (const fault of faults(stack)[where]) {
    const key = `${fault.place.file.path} ${fault.place.from} ${fault.message}`;
    if (fault.kind !== kind || told.has(key)) continue;
    told.add(key);
    say(fault.place, fault.message, fault.level === undefined ? {} : { level: fault.level });
  }
}
