import type { LiveFinding } from '../../model/attach.ts';
import type { ServiceEvidence, ServicePromise } from '../../model/conform.ts';
import { finding } from '../finding.ts';
import { keyOf, lastOf, ofFamily } from '../samples.ts';

/** After thousands of paths and ids: series bounded, and no label that holds one of them. */
export function boundedFindings(
  { probed, probes }: Pick<ServiceEvidence, 'probed' | 'probes'>,
  promise: ServicePromise,
): LiveFinding[] {
  const last = lastOf(probed);
  if (!last) return [];
  const asked = new Set(probes.flatMap(({ paths }) => paths));
  return promise.metrics.flatMap((metric) => {
    const samples = ofFamily(last, metric.name);
    const about = { subject: metric.name, where: metric.where };
    const raw = samples
      .flatMap(({ labels }) => Object.entries(labels))
      .find(([, value]) => asked.has(value));
    if (raw)
      return finding('rawPath', { ...about, title: `\`${raw[0]}\` holds the path ${raw[1]}` });
    const series = new Set(
      samples.map(({ labels }) => {
        const { le, quantile, ...own } = labels;
        void [le, quantile];
        return keyOf({ name: metric.name, labels: own });
      }),
    );
    return series.size > metric.series
      ? finding('tooMany', {
          ...about,
          title: `${series.size} series, and at most ${metric.series} are promised`,
        })
      : [];
  });
}
