import { COMPONENT } from '../lib/components.ts';
import { spanName } from '../lib/plan-names.ts';
import type { Span } from '../model/load-plan.ts';
import type { SignalStep } from '../model/track.ts';

/**
 * The lives of one service. A request that begins over `quietMs` before the service is stopped is
 * answered and scraped by then: those can be counted exactly. Of the later ones nobody knows.
 * Between the stop and the return nothing is answered, so that the middle of that time divides two
 * lives whichever of them was late; what is refused until the service has started is no loss.
 * @param component the signal of the service's component
 * @param quietMs two scrapes and the longest answer
 * @param serviceStartMs within which a service that is started again answers
 */
export function spansOf(
  component: SignalStep[],
  quietMs: number,
  serviceStartMs: number,
  endMs: number,
): Span[] {
  const spans: Span[] = [];
  let life = 1;
  component.forEach((step, i) => {
    if (step.level === COMPONENT.running) return;
    const last = spans.at(-1);
    const name = spanName({ part: last?.exact ? 'rest' : 'all', life });
    spans.push({ name, untilMs: step.atMs - quietMs, exact: true });
    // Frozen: whoever asks waits, and the service doesn't know it. What is measured of its answers
    // ends here.
    if (step.level === COMPONENT.frozen) return;
    const backMs = component[i + 1]?.atMs ?? endMs;
    spans.push({
      name: spanName({ part: 'end', life }),
      untilMs: (step.atMs + backMs) / 2,
      exact: false,
    });
    life++;
    if (component[i + 1])
      spans.push({
        name: spanName({ part: 'start', life }),
        untilMs: backMs + serviceStartMs,
        exact: false,
      });
  });
  return [
    ...spans,
    {
      name: spanName({ part: spans.at(-1)?.exact ? 'rest' : 'all', life }),
      untilMs: endMs,
      exact: true,
    },
  ];
}
