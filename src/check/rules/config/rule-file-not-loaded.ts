import type { Rule } from '../../rule.ts';

export const ruleFileNotLoaded: Rule = {
  id: 'config/rule-file-not-loaded',
  level: 'warning',
  title: 'A rule file that nobody loads',
  why: 'Its alerts look as if they were there, and are never evaluated.',
  mend: 'Add it to `rule_files` in prometheus.yml.',
  check: ({ prometheus, groups }, say) => {
    const patterns = prometheus.flatMap((one) => one.ruleFiles);
    // A pattern that leads elsewhere may lead here in production; the operator loads what is a
    // resource.
    if (prometheus.length === 0 || patterns.some(({ files }) => files === undefined)) return;
    const loose = groups.filter(
      (group) =>
        !group.prometheus && !group.isResource && !group.isBeyondFirst && !group.isVmalerts,
    );
    for (const file of new Set(loose.map((group) => group.file)))
      say({ file, from: 0, to: 0 }, `no pattern of rule_files matches ${file.path}`);
  },
};
