import { loadText, withUnit } from '../../lib/amounts.ts';
import type { CapacityNeed, Dimension } from '../../model/dimension.ts';
import { FIGURES } from '../../model/figures.ts';
import { tableText } from '../plain-table.ts';

/**
 * The dimensions there are: where each search begins, what has to be kept, and what the contract
 * needs.
 */
export function dimensionsText(dimensions: Dimension[], needs: CapacityNeed[]): string {
  const rows = dimensions.map(({ id, start, unit, limits, need }) => {
    const wanted = needs.find((n) => n.dimension === need);
    return [
      id,
      `${loadText(start)} ${unit}`,
      wanted ? loadText(wanted.need ?? wanted.peak ?? 0) : '',
      keptText(limits),
    ];
  });
  return tableText(rows, { head: ['dimension', 'begins at', 'needed', 'has to keep'] });
}

function keptText(limits: Dimension['limits']): string {
  const kept = limits.map(
    ({ title, bound, value, figure }) =>
      `${title} ${bound} ${withUnit(value, FIGURES[figure].unit)}`,
  );
  return kept.length > 3
    ? `${kept.slice(0, 2).join(', ')}, and ${kept.length - 2} more`
    : kept.join(', ');
}
