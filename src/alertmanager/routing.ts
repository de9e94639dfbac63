import type { LabelMatcher } from './matchers.ts';
import { passesAll } from './matchers.ts';

/** What Alertmanager looks at to find an alert's way through the tree of routes. */
export interface RoutingNode<R> {
  matchers: LabelMatcher[];
  continue: boolean;
  routes: R[];
}

/**
 * The routes that take an alert, in the order of the tree: of each branch the deepest ones; the
 * first child that takes it ends the search among its siblings, unless it says `continue`; a route
 * none of whose children takes it takes it itself (dispatch/route.go, `Match`). None when the root
 * doesn't take it, which only a partial tree's root can do.
 * @param takes whether a route's own matchers let the alert pass; undefined when that can't be
 * known
 * @returns undefined when it depends on what can't be known
 */
export function matchRoutes<R extends RoutingNode<R>>(
  route: R,
  takes: (route: R) => boolean | undefined,
): R[] | undefined {
  const taken = takes(route);
  if (taken !== true) return taken === undefined ? undefined : [];
  const found: R[] = [];
  for (const child of route.routes) {
    const inner = matchRoutes(child, takes);
    if (!inner) return undefined;
    found.push(...inner);
    if (inner.length > 0 && !child.continue) break;
  }
  return found.length > 0 ? found : [route];
}

/**
 * The routes that take an alert with exactly these labels. @returns undefined when a pattern isn't
 * understood
 */
export function routesFor<R extends RoutingNode<R>>(
  root: R,
  labels: Readonly<Record<string, string>>,
): R[] | undefined {
  return matchRoutes(root, ({ matchers }) => passesAll(matchers, labels));
}

/** A route and all below it, in the order of the file. */
export function allRoutes<R extends RoutingNode<R>>(route: R): R[] {
  return [route, ...route.routes.flatMap((child) => allRoutes(child))];
}
