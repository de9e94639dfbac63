import type { Mutant } from '../../model/mutation.ts';
import type { Dashboard } from '../../stack/dashboards/index.ts';
import { pathTo } from '../../stack/source/paths.ts';
import type { Value } from '../../stack/source/value.ts';
import { configurationMutant } from '../configuration-mutant.ts';
import type { DashboardMistake, Placed } from './operator.ts';
import { PANEL_OPERATORS } from './panel-operators.ts';
import { VARIABLE_OPERATORS } from './variable-operators.ts';

/**
 * Mistakes in how dashboards show what they ask for, and in what can be chosen there; of files
 * with one dashboard each.
 * @param dataSources names by which panels call them
 */
export function dashboardMutants(
  dashboards: readonly Dashboard[],
  dataSources: readonly string[],
): Mutant[] {
  return dashboards
    .filter(
      ({ file, schema }) =>
        // What a mistake changes is known by the places of the first schema.
        schema === 1 && !file.embedding && file.documents.length === 1,
    )
    .flatMap((dashboard) => {
      const placed = <T extends { value: Value }>(one: T): Placed<T>[] => {
        const path = pathTo(dashboard.document, one.value);
        return path ? [{ one, path, dashboard, dataSources }] : [];
      };
      const { title } = dashboard;
      return [
        ...dashboard.panels
          .flatMap(placed)
          .flatMap((panel) =>
            PANEL_OPERATORS.flatMap(({ id, mistakes }) =>
              mistakes(panel).map(mutantOf(id, `panel ${title} / ${panel.one.title}`)),
            ),
          ),
        ...dashboard.variables
          .flatMap(placed)
          .flatMap((variable) =>
            VARIABLE_OPERATORS.flatMap(({ id, mistakes }) =>
              mistakes(variable).map(mutantOf(id, `variable ${title} / ${variable.one.name}`)),
            ),
          ),
      ];
    });
}

function mutantOf(operator: string, subject: string): (mistake: DashboardMistake) => Mutant {
  return (mistake) => {
    const where = mistake.edits[0]?.path.join('.') ?? '';
    return configurationMutant('dashboard', subject, where, { operator, ...mistake });
  };
}
