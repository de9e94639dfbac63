import type { LiveFinding } from '../../model/attach.ts';
import type { ServiceEvidence } from '../../model/conform.ts';
import { finding } from '../finding.ts';
import type { HttpRoles } from '../roles.ts';
import { growth, plainTemplate } from '../samples.ts';

/** Requests by method, template and status, the template's parameters unnamed. */
type Counts = Map<string, number>;

/** k6's account of each answer held against the service's own counter. */
export function countFindings(
  { before, after, routes, account }: ServiceEvidence,
  { requests }: HttpRoles,
): LiveFinding[] {
  if (!requests) return [];
  const { metric, method, route, status } = requests;
  const counted: Counts = new Map();
  const texts = new Set<string>();
  for (const { labels, value } of growth(before.at(-1), after.at(-1), metric.name)) {
    if (value === 0) continue;
    const code = labels[status] ?? '';
    if (!/^\d{3}$/.test(code)) texts.add(code);
    const key = keyOf(labels[method] ?? '', labels[route] ?? '', code);
    counted.set(key, (counted.get(key) ?? 0) + value);
  }
  const about = { subject: metric.name, where: metric.where };
  if (texts.size > 0)
    return [
      finding('statusText', {
        ...about,
        title: `\`${status}\` is ${[...texts].map((text) => `"${text}"`).join(', ')}`,
      }),
    ];
  return account.counts.flatMap(({ route: number, status: code, count }) => {
    const asked = routes[number];
    // What wasn't answered may have been counted or not; where no route is, the service names it.
    if (!asked || code === 0 || asked.template === null || count === 0) return [];
    const own = counted.get(keyOf(asked.method, asked.template, String(code))) ?? 0;
    if (own === count) return [];
    return finding(code >= 500 && own < count ? 'errorNotCounted' : 'count', {
      ...about,
      title: `${asked.method} ${asked.template} was answered with ${code} ${count} times, and counted ${own} times`,
    });
  });
}

function keyOf(method: string, template: string, status: string): string {
  return `${method.toUpperCase()} ${plainTemplate(template)} ${status}`;
}
