import { formatDuration, parseDurationMs } from '../../../lib/duration.ts';
import { eachExpr } from '../../../promql/ast.ts';
import { argumentsOf } from '../../../stack/compose/command-line.ts';
import type { Service } from '../../../stack/compose/index.ts';
import type { Stack } from '../../../stack/index.ts';
import { mountedBy } from '../../../stack/mounts.ts';
import { PROMETHEUS_IMAGE } from '../../../stack/pinned.ts';
import type { Prometheus } from '../../../stack/prometheus.ts';
import type { Rule } from '../../rule.ts';

/** tsdb/db.go, `DefaultOptions`: unless a size is given alone. */
const DEFAULT_RETENTION_MS = 15 * 86_400_000;

const TIME = /^--storage\.tsdb\.retention(?:\.time)?=(?:\$\{\w+:?-([^}]*)\}|(.*))$/;

export const rangeOverRetention: Rule = {
  id: 'promql/range-over-retention',
  level: 'warning',
  title: 'A range longer than Prometheus keeps',
  why: 'It covers what is left alone: an availability over 30 days is one over 15, and nobody sees it.',
  mend: 'Keep samples for longer (`--storage.tsdb.retention.time`), or look back less far.',
  check: (stack, say) => {
    for (const one of stack.prometheus) {
      const keptMs = retentionOf(one, stack);
      if (keptMs === undefined) continue;
      for (const { expression } of one.groups.flatMap((group) => group.rules))
        if (expression.expr)
          eachExpr(expression.expr, (part) => {
            if (part.type === 'range' && (part.rangeMs ?? 0) > keptMs)
              say(
                expression.at(part.rangeAt),
                `it looks back ${formatDuration(part.rangeMs ?? 0)}, and ${formatDuration(keptMs)} are kept`,
                { subject: expression.subject },
              );
          });
    }
  },
};

/** How long samples are kept; undefined when nobody here can tell, or others answer too. */
function retentionOf({ file, root, origin }: Prometheus, { composes }: Stack): number | undefined {
  const [first, ...others] = mountedBy(composes, PROMETHEUS_IMAGE, file.path);
  const isElsewhere = root.get('remote_read').exists || root.get('storage').exists;
  if (!first || others.length > 0 || origin !== 'file' || isElsewhere) return undefined;
  return retentionSaid(first.service);
}

function retentionSaid(service: Service): number | undefined {
  const given = argumentsOf(service)?.map(({ text }) => text);
  if (given === undefined) return undefined;
  const time = given.map((text) => TIME.exec(text)).find((match) => match !== null);
  const saidMs = time ? parseDurationMs(time[1] ?? time[2] ?? '') : 0;
  const isBySize = given.some((text) => text.startsWith('--storage.tsdb.retention.size'));
  // A time of 0 is none.
  return saidMs === 0 ? (isBySize ? undefined : DEFAULT_RETENTION_MS) : saidMs;
}
