import type { TreeEdit } from '../../model/mutation.ts';
import type { Alertmanager, Route } from '../../stack/alertmanager.ts';
import type { Value } from '../../stack/source/value.ts';

export type Path = (string | number)[];

/** The configuration of an Alertmanager with one thing wrong. */
export interface RoutingMutation {
  /** What is changed: `route 2`, `inhibition 1`, `receiver slack`. */
  subject: string;
  /** Where it stands. */
  value: Value;
  was: string;
  becomes: string;
  edits: TreeEdit[];
}

/** One way of getting routing wrong. */
export interface RoutingOperator {
  id: string;
  mutations: (config: RoutingConfig) => RoutingMutation[];
}

/** A route with the keys that lead to it. */
export interface PlacedRoute {
  route: Route;
  path: Path;
  /** `route`, `route 1`, `route 1.2`: the root, and its children in their order. */
  subject: string;
}

export interface RoutingConfig {
  alertmanager: Alertmanager;
  /** All routes, the root first. */
  routes: PlacedRoute[];
}

/** The routes of a configuration; none where it has no tree. */
export function placedRoutes(root: Route | undefined): PlacedRoute[] {
  const go = (route: Route, path: Path, numbers: number[]): PlacedRoute[] => [
    { route, path, subject: ['route', numbers.join('.')].filter((word) => word !== '').join(' ') },
    ...route.routes.flatMap((child, i) => go(child, [...path, 'routes', i], [...numbers, i + 1])),
  ];
  return root ? go(root, ['route'], []) : [];
}
