import Table from 'cli-table3';
import { loadText, withUnit } from '../../lib/amounts.ts';
import type { CapacityNeed, Dimension } from '../../model/capacity.ts';
import { FIGURES } from '../../model/figures.ts';
import { PLAIN_TABLE } from '../table.ts';

/**
 * The dimensions there are: where each search begins, what has to be kept, and what the contract
 * needs.
 */
export function dimensionsText(dimensions: Dimension[], needs: CapacityNeed[]): string {
  const table = new Table({
    ...PLAIN_TABLE,
    head: ['dimension', 'begins at', 'needed', 'has to keep'],
  });
  for (const { id, start, unit, limits, need } of dimensions) {
    const wanted = needs.find((n) => n.dimension === need);
    const kept = limits.map(
      (limit) =>
        `${limit.title} ${limit.bound} ${withUnit(limit.value, FIGURES[limit.figure].unit)}`,
    );
    table.push([
      id,
      `${loadText(start)} ${unit}`,
      wanted ? loadText(wanted.need ?? wanted.peak ?? 0) : '',
      kept.length > 3
        ? `${kept.slice(0, 2).join(', ')}, and ${kept.length - 2} more`
        : kept.join(', '),
    ]);
  }
  return table
    .toString()
    .split('\n')
    .map((line) => line.trimEnd())
    .join('\n');
}
