import { loadText, withUnit } from '../../lib/amounts.ts';
import type { DistributedLoad, Whole } from '../../model/distributed.ts';
import { tableText } from '../plain-table.ts';
import { colors, proseWidth, wrap } from '../text.ts';

interface Width {
  color: boolean;
  width: number;
}

/** A load that was written for several machines. */
export interface WrittenLoad {
  load: DistributedLoad;
  size: { parts: number; virtualUsers: number; memoryBytes: number };
  /** Share of its core that each part will use, and the most that is well. */
  cpu: { share: number; most: number };
  dir: string;
  name: string;
  namespace: string | null;
  separate: boolean;
  resultsClaim: string | null;
}

/** What was written, what it takes, and what to type next. */
export function sizeText(
  { load, size, cpu, dir, name, namespace, separate, resultsClaim }: WrittenLoad,
  { color, width }: Width,
): string {
  const c = colors(color);
  const kubectl = namespace === null ? 'kubectl' : `kubectl -n ${namespace}`;
  const perPart = size.virtualUsers / size.parts;
  const tooMuch =
    cpu.share > cpu.most
      ? [
          c.yellow(
            `Each part will use about ${withUnit(cpu.share, 'share')} of its core; over ` +
              `${withUnit(cpu.most, 'share')} it measures itself. Take more parts.`,
          ),
        ]
      : [];
  const collect =
    resultsClaim === null
      ? `${kubectl} logs -l k6_cr=${name},runner=true --tail=-1 > ${dir}/parts.log`
      : `copy the files ${load.run}-*.json from the volume ${resultsClaim} into ${dir}`;
  return [
    ...wrap(
      `${loadText(load.requests)} requests at ${loadText(load.ratePerSecond)}/s to ` +
        `${Object.keys(load.targets).join(', ')}, in ${size.parts} ` +
        `${size.parts === 1 ? 'part' : 'parts'} of ` +
        `${loadText(load.ratePerSecond / size.parts)}/s and ${loadText(perPart)} virtual users ` +
        `each (${withUnit(size.memoryBytes, 'bytes')}, ${withUnit(cpu.share, 'share')} of a ` +
        `core)${separate && size.parts > 1 ? `; it needs ${size.parts} nodes` : ''}.`,
      proseWidth(width),
    ),
    ...tooMuch,
    ...wrap(
      `Written into ${dir}: configmap.yaml, testrun.yaml; scenario.js and load.json for \`k6 ` +
        `run\` on one machine. Nothing was started. Apply it only where ` +
        `${[...new Set(Object.values(load.targets).map((url) => new URL(url).host))].join(', ')} ` +
        'may be loaded:',
      proseWidth(width),
    ),
    '',
    `  ${kubectl} apply --server-side -f ${dir}/configmap.yaml -f ${dir}/testrun.yaml`,
    `  ${kubectl} wait testrun/${name} --for=jsonpath='{.status.stage}'=finished --timeout=30m`,
    `  ${collect}`,
    `  npm run capacity -- --add-up ${resultsClaim === null ? `${dir}/parts.log` : `${dir}/${load.run}-*.json`}`,
    `  ${kubectl} delete -f ${dir}/testrun.yaml -f ${dir}/configmap.yaml`,
  ].join('\n');
}

/** A whole load, added up from its parts. */
export function wholeText(whole: Whole, { color, width }: Width): string {
  const c = colors(color);
  const counts = whole.counts.map(({ service, method, name, status, count }) => [
    service,
    method,
    name,
    status === '0' ? 'none' : status,
    loadText(count),
  ]);
  const head = ['service', 'method', 'route', 'status', 'answers'];
  const ms = (value: number): string => withUnit(value / 1000, 'seconds');
  const quantiles = whole.quantiles.map(
    ({ quantile, overMs, atMostMs }) =>
      `p${Number((quantile * 100).toFixed(1))} ` +
      `${atMostMs === null ? `over ${ms(overMs)}` : `${ms(overMs)} to ${ms(atMostMs)}`}`,
  );
  return [
    c.bold(`${whole.run}: ${whole.parts} parts, ${loadText(whole.sent)} requests sent`),
    tableText(counts, {
      head: head.map((text) => c.bold(text)),
      colAligns: ['left', 'left', 'left', 'right', 'right'],
    }),
    ...wrap(
      `From the intended start to the end of the answer, all parts together: ${quantiles.join(', ')}.`,
      proseWidth(width),
    ),
    ...(whole.startSpreadMs === null
      ? []
      : wrap(
          `The parts began within ${ms(whole.startSpreadMs)} of each other: the rate was whole after that.`,
          proseWidth(width),
        )),
    whole.exact
      ? c.green('✓ exact: the services must have counted just as many')
      : c.yellow(
          `? a bracket: the services have counted from ${loadText(whole.ended)} to ${loadText(whole.sent)}`,
        ),
    ...whole.doubts.flatMap((doubt) => wrap(c.yellow(`? ${doubt}`), proseWidth(width))),
  ].join('\n');
}
