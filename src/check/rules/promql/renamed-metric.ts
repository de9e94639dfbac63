import { selectors } from '../../../promql/ast.ts';
import { pinnedVersion } from '../../../stack/pinned.ts';
import type { Rule } from '../../rule.ts';

/** The names of node_exporter before 0.16, and those since (its changelog, "0.16.0"). */
const RENAMED: Record<string, string> = {
  node_cpu: 'node_cpu_seconds_total',
  node_boot_time: 'node_boot_time_seconds',
  node_time: 'node_time_seconds',
  node_context_switches: 'node_context_switches_total',
  node_intr: 'node_intr_total',
  node_forks: 'node_forks_total',
  node_vmstat_oom_kills: 'node_vmstat_oom_kill',
  node_disk_bytes_read: 'node_disk_read_bytes_total',
  node_disk_bytes_written: 'node_disk_written_bytes_total',
  node_disk_io_time_ms: 'node_disk_io_time_seconds_total',
  node_disk_reads_completed: 'node_disk_reads_completed_total',
  node_disk_writes_completed: 'node_disk_writes_completed_total',
  node_filesystem_avail: 'node_filesystem_avail_bytes',
  node_filesystem_free: 'node_filesystem_free_bytes',
  node_filesystem_size: 'node_filesystem_size_bytes',
  node_network_receive_bytes: 'node_network_receive_bytes_total',
  node_network_transmit_bytes: 'node_network_transmit_bytes_total',
  node_network_receive_errs: 'node_network_receive_errs_total',
  node_network_transmit_errs: 'node_network_transmit_errs_total',
};

const MEMORY = /^node_memory_(Mem[A-Za-z]+|Buffers|Cached|Swap[A-Za-z]+|Slab|Active|Inactive)$/;

const EXPORTER = /(^|\/)node[-_]exporter$/;

const RENAMED_IN_MINOR = 16;

export const renamedMetric: Rule = {
  id: 'promql/renamed-metric',
  level: 'error',
  title: 'A metric by a name that it no longer has',
  why: 'The exporter has given it another name: the expression never gives a value, the alert never fires.',
  mend: 'Use the new name.',
  check: (stack, say) => {
    const pinned = pinnedVersion(stack, EXPORTER);
    if (pinned && pinned.major === 0 && pinned.minor < RENAMED_IN_MINOR) return;
    for (const expression of stack.expressions)
      for (const { name, from, to } of expression.expr ? selectors(expression.expr) : []) {
        const now = name === undefined || stack.metrics.has(name) ? undefined : newName(name);
        // Where the metrics are known, a name that isn't among them is told already.
        if (name === undefined || now === undefined || stack.metrics.isMissing(name)) continue;
        say(
          expression.at({ from, to: Math.min(to, from + name.length) }),
          `\`${name}\` is \`${now}\` since node_exporter 0.16`,
          { subject: expression.subject, ...(pinned ? {} : { level: 'warning' }) },
        );
      }
  },
};

function newName(name: string): string | undefined {
  if (Object.hasOwn(RENAMED, name)) return RENAMED[name];
  return MEMORY.test(name) ? `${name}_bytes` : undefined;
}
