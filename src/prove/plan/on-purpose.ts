import { allRoutes } from '../../alertmanager/routing.ts';
import type { Alertmanager } from '../../stack/alertmanager.ts';
import type { Place } from '../../stack/source/value.ts';

/** A comment that says something; what stands in quotes is preceded by one. */
const COMMENT = /(?:^|\s)#+\s*(\S.*)/;

/**
 * Receivers without any integration that are so on purpose: a comment at the receiver, or at a
 * route that leads there, gives the reason.
 * @returns reasons by the receivers' names
 */
export function droppedOnPurpose({
  receivers,
  route,
}: Pick<Alertmanager, 'receivers' | 'route'>): Map<string, string> {
  const routes = route ? allRoutes(route) : [];
  return new Map(
    receivers
      .filter(({ integrations }) => integrations.length === 0)
      .flatMap(({ name, value }): [string, string][] => {
        const leading = routes
          .filter((one) => one.value.get('receiver').text() === name)
          .flatMap((one) => [one.value.head, one.value.get('receiver').place]);
        const places = [value.head, value.get('name').place, ...leading];
        const reason = places.map(commentAt).find((text) => text !== undefined);
        return reason === undefined ? [] : [[name, reason]];
      }),
  );
}

/** The comment on the line of a place, or alone on the line above it. */
function commentAt({ file, from }: Place): string | undefined {
  const lineFrom = file.text.lastIndexOf('\n', from - 1) + 1;
  const above = file.text.slice(file.text.lastIndexOf('\n', lineFrom - 2) + 1, lineFrom).trim();
  const own = file.text.slice(lineFrom).split('\n', 1)[0] ?? '';
  return COMMENT.exec(own)?.[1] ?? (above.startsWith('#') ? COMMENT.exec(above)?.[1] : undefined);
}
