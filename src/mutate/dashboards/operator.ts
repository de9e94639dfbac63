import type { TreeEdit } from '../../model/mutation.ts';
import type { Dashboard, Panel } from '../../stack/dashboards/index.ts';
import type { TreePath } from '../../stack/source/paths.ts';
import type { Value } from '../../stack/source/value.ts';

/** A dashboard with one thing wrong that is no query. */
export interface DashboardMistake {
  /** Where it stands. */
  value: Value;
  was: string;
  becomes: string;
  edits: TreeEdit[];
}

/** A panel or a variable with what leads to it in its file. */
export interface Placed<T> {
  one: T;
  path: TreePath;
  dashboard: Dashboard;
  /** Names of the data sources that the stack has. */
  dataSources: readonly string[];
}

/** One way of getting a panel wrong, beside its queries. */
export interface PanelOperator {
  id: string;
  mistakes: (panel: Placed<Panel>) => DashboardMistake[];
}

/** One way of getting what can be chosen wrong. */
export interface VariableOperator {
  id: string;
  mistakes: (variable: Placed<Dashboard['variables'][number]>) => DashboardMistake[];
}
