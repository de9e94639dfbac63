/** Data sources that Grafana has itself, and variables in the place of one. */
export const BUILT_IN =
  /^(-- (Grafana|Mixed|Dashboard) --|grafana|__expr__|-100|default|\$.*|\[\[.*)$/;
