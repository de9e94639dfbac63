import { passesAll, parseMatchers } from '../alertmanager/matchers.ts';
import type { LabelMatcher } from '../alertmanager/matchers.ts';
import { allRoutes, matchRoutes } from '../alertmanager/routing.ts';
import type { RoutingNode } from '../alertmanager/routing.ts';
import type { AlertContract } from '../model/contract.ts';
import type { Route, Spec } from '../model/spec.ts';
import { outageJobs } from './outage-jobs.ts';

/** How long Alertmanager waits before it tells of an alert; the stack's own time. */
export interface Waits {
  /** Until the first notification of a firing alert. */
  groupWaitMs: number;
  /** Until the next one, which tells of its end. */
  groupIntervalMs: number;
  /**
   * Longest time until the same is told again: it is looked every group_interval whether
   * repeat_interval has passed.
   */
  repeatsWithinMs: number;
}

interface Node extends RoutingNode<Node> {
  route: Route;
}

/**
 * The slowest waits of the routes that take an alert to the receivers that it is promised to: the
 * promise holds for each of them. Where no route does, or it can't be known, those of all routes to
 * these receivers: that somebody isn't told is found by the run.
 */
export function waitsOf(spec: Spec, alert: AlertContract): Waits {
  const root = nodeOf(spec.alertmanager.route);
  const taken = labelSets(spec, alert).map((labels) =>
    matchRoutes(root, ({ matchers }) => takes(matchers, labels)),
  );
  const certain = taken.includes(undefined) ? [] : taken.flatMap((routes) => routes ?? []);
  const promised = certain.filter((node) => isPromised(node, alert));
  const named = allRoutes(root).filter((node) => isPromised(node, alert));
  const nodes = promised.length > 0 ? promised : named.length > 0 ? named : [root];
  const slowest = (pick: (route: Route) => number): number =>
    Math.max(...nodes.map(({ route }) => pick(route)));
  return {
    groupWaitMs: slowest(firstWaitMs),
    groupIntervalMs: slowest((route) => route.groupIntervalMs),
    repeatsWithinMs: slowest((route) => route.repeatIntervalMs + route.groupIntervalMs),
  };
}

/**
 * In a group that other alerts are in too, an alert may come just after a notification and wait for
 * the next.
 */
function firstWaitMs({ groupBy, groupWaitMs, groupIntervalMs }: Route): number {
  const alone = groupBy.includes('alertname') || groupBy.includes('...');
  return alone ? groupWaitMs : Math.max(groupWaitMs, groupIntervalMs);
}

function isPromised({ route }: Node, alert: AlertContract): boolean {
  return alert.receivers.includes(route.receiver);
}

function nodeOf(route: Route): Node {
  return {
    route,
    matchers: route.matchers.flatMap((text) => parseMatchers(text) ?? []),
    continue: route.continue,
    routes: route.routes.map(nodeOf),
  };
}

/** A label's value, or undefined where only the run will tell. */
type Labels = Record<string, string | undefined>;

/**
 * The labels that an alert reaches Alertmanager with: one set, or of an outage one for each job.
 */
function labelSets(spec: Spec, alert: AlertContract): Labels[] {
  const rules = spec.prometheus.ruleGroups.flatMap((group) => group.rules);
  const rule = rules.find(({ alert: name }) => name === alert.name);
  const own = Object.entries(rule?.labels ?? {}).map(([name, value]) => [
    name,
    value.includes('{{') ? undefined : value,
  ]);
  const labels: Labels = {
    ...spec.prometheus.externalLabels,
    ...{ job: undefined, instance: undefined },
    ...alert.labels,
    ...(Object.fromEntries(own) as Labels),
    ...(rule?.labels['severity'] === undefined ? { severity: alert.severity } : {}),
    alertname: alert.name,
  };
  if (alert.stimulus.kind !== 'outage') return [labels];
  return outageJobs(spec, alert).map(({ name, target }) => ({
    ...labels,
    job: name,
    instance: target,
  }));
}

function takes(matchers: LabelMatcher[], labels: Labels): boolean | undefined {
  const isKnown = ({ label }: LabelMatcher): boolean =>
    !Object.hasOwn(labels, label) || labels[label] !== undefined;
  const known = passesAll(matchers.filter(isKnown), labels as Record<string, string>);
  return known !== false && !matchers.every(isKnown) ? undefined : known;
}
