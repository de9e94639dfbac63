import type { Stack } from './index.ts';
import { PROMETHEUS_IMAGE } from './pinned.ts';

/** The command lines that compose files give Prometheus, as one text. */
export function prometheusFlags({ composes }: Pick<Stack, 'composes'>): string {
  return composes
    .flatMap((one) => one.services)
    .filter((service) => PROMETHEUS_IMAGE.test(service.program))
    .flatMap((service) => [...service.get('entrypoint').texts(), ...service.get('command').texts()])
    .map(({ text }) => text)
    .join(' ');
}

/**
 * What compose files switch on with `--enable-feature`; undefined where none says how Prometheus is
 * started.
 */
export function prometheusFeatures(stack: Pick<Stack, 'composes'>): string[] | undefined {
  const isStarted = stack.composes
    .flatMap((one) => one.services)
    .some((service) => PROMETHEUS_IMAGE.test(service.program));
  if (!isStarted) return undefined;
  const given = prometheusFlags(stack).matchAll(/--enable-feature[= ]["']?([\w,-]+)/g);
  return [...given].flatMap(([, names = '']) => names.split(',')).filter((name) => name !== '');
}

/** Whether series may come that nobody scrapes: pushed to Prometheus, or read from elsewhere. */
export function receivesSeries(stack: Pick<Stack, 'composes' | 'prometheus'>): boolean {
  return (
    stack.prometheus.some(({ root }) => root.get('remote_read').items().length > 0) ||
    /enable-(remote-write|otlp)-receiver|feature=\S*(remote|otlp)-write-receiver/.test(
      prometheusFlags(stack),
    )
  );
}

/** Keeps what a Prometheus has beside it, or is sent it, with the external labels. */
const THANOS = /(^|\/)thanos$/;

/** What comes from where nobody here scrapes, and what others get of this. */
export interface Elsewhere {
  /** Series may come that nobody scrapes. */
  receives: boolean;
  /** Labels that series may have besides where they are sent to. */
  added: string[];
}

export function elsewhere(stack: Pick<Stack, 'composes' | 'prometheus'>): Elsewhere {
  const isKeptBeside = stack.composes
    .flatMap((one) => one.services)
    .some(({ program }) => THANOS.test(program));
  const sending = stack.prometheus.filter(
    ({ root }) =>
      isKeptBeside ||
      root.get('remote_write').items().length > 0 ||
      root.at('spec', 'remoteWrite').items().length > 0 ||
      root.at('spec', 'thanos').exists,
  );
  return {
    receives: receivesSeries(stack),
    added: sending.flatMap(({ externalLabels }) => [...externalLabels.keys()]),
  };
}
