import type { Prometheus } from '../../stack/prometheus.ts';
import type { Group } from '../../stack/rules.ts';
import type { Unplaced } from './on-target.ts';

/**
 * Why a rule group is never evaluated: nothing under `rule_files` names its file, or it stands
 * behind what is read of it.
 * @returns undefined where it is loaded, or where nobody can know
 */
export function whyNotLoaded(
  prometheus: Prometheus | undefined,
  group: Group,
): Unplaced | undefined {
  if (group.isBeyondFirst) {
    const { path } = group.file;
    const reason = `Prometheus reads the first document of ${path}, and never comes to this one`;
    return { reason, place: group.value.head };
  }
  // Which rules a Prometheus of the operator gets is said by resources.
  if (!prometheus || prometheus.origin === 'operator') return undefined;
  if (group.prometheus || group.isResource) return undefined;
  const { ruleFiles, root } = prometheus;
  // A pattern that leads elsewhere may lead here in production.
  if (ruleFiles.some(({ files }) => files === undefined)) return undefined;
  const named = root.get('rule_files');
  const reason = named.exists
    ? `no pattern of rule_files names ${group.file.path}: Prometheus never loads it`
    : `${prometheus.file.path} has no rule_files: Prometheus never loads ${group.file.path}`;
  return { reason, place: named.exists ? named.keyPlace : root.head };
}
