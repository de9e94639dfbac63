import { PROMETHEUS_IMAGE } from './pinned.ts';
import type { Stack } from './index.ts';

/** The command lines that compose files give Prometheus, as one text. */
export function prometheusFlags({ composes }: Pick<Stack, 'composes'>): string {
  return composes
    .flatMap((one) => one.services)
    .filter((service) => PROMETHEUS_IMAGE.test(service.program))
    .flatMap((service) => service.get('command').texts())
    .map(({ text }) => text)
    .join(' ');
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
