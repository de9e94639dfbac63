import type { Mutant } from '../../model/mutation.ts';
import type { Alertmanager } from '../../stack/alertmanager.ts';
import { configurationMutant } from '../configuration-mutant.ts';
import { INHIBITION_OPERATORS } from './inhibitions.ts';
import { placedRoutes } from './operator.ts';
import type { RoutingMutation, RoutingOperator } from './operator.ts';
import { RECEIVER_OPERATORS } from './receivers.ts';
import { ROUTE_OPERATORS } from './routes.ts';

/**
 * Every way of getting routes, inhibitions and receivers wrong, in the order in which mutants are
 * made.
 */
export const ROUTING_OPERATORS: RoutingOperator[] = [
  ...ROUTE_OPERATORS,
  ...INHIBITION_OPERATORS,
  ...RECEIVER_OPERATORS,
];

/** Every mutant of how people are told; of a configuration that lies in a file of its own. */
export function routingMutants(alertmanagers: Alertmanager[]): Mutant[] {
  return alertmanagers
    .filter(({ file, partial }) => !partial && !file.embedding && file.documents.length === 1)
    .flatMap((alertmanager) => {
      const config = { alertmanager, routes: placedRoutes(alertmanager.route) };
      return ROUTING_OPERATORS.flatMap(({ id, mutations }) =>
        mutations(config).map((mutation) => mutantOf(id, mutation)),
      );
    });
}

function mutantOf(operator: string, mutation: RoutingMutation): Mutant {
  const where = mutation.edits.map(({ path }) => path.join('.')).join(' ');
  return configurationMutant('routing', mutation.subject, where, { operator, ...mutation });
}
