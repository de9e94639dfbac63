import { pinnedVersion, PROMETHEUS_IMAGE } from '../../../stack/pinned.ts';
import type { Rule } from '../../rule.ts';

export const oldRules: Rule = {
  id: 'config/prometheus-1-rules',
  level: 'error',
  title: 'Rules in the language of Prometheus 1',
  why: 'Prometheus 2 and later read YAML: whoever loads the file does not start.',
  mend: 'Write each as `alert`, `expr`, `for`, `labels` and `annotations`, in `groups`.',
  check: (stack, say) => {
    if ((pinnedVersion(stack, PROMETHEUS_IMAGE)?.major ?? 3) < 2) return;
    for (const { file, reason } of stack.unread)
      if (reason === 'prometheus-1-rules') {
        const from = file.text.search(/\bALERT\b/);
        say({ file, from, to: from + 'ALERT'.length }, '`ALERT … IF …` is no YAML');
      }
  },
};
