import type { NotJudged, ServiceEvidence } from '../model/conform.ts';
import { requestsOf, unansweredOf } from './answers.ts';
import { restartIn } from './restart.ts';

/** What was asked and couldn't be judged. Pure. */
export function notJudged(evidence: ServiceEvidence): NotJudged[] {
  const { routes, account, probes, probesAnswered, before, after, probed } = evidence;
  const restart = restartIn([...before, ...after, ...probed]);
  const sent = requestsOf(probes);
  return [
    ...routes.flatMap((route, number) =>
      lost(`${route.method} ${route.template ?? ''}`, {
        unanswered: unansweredOf(route, number, account),
        sent: route.requests,
      }),
    ),
    ...(restart
      ? [
          {
            what: 'what it had counted',
            why:
              'the service began anew while it was asked (process_start_time_seconds was ' +
              `${restart.from}, and then ${restart.to}): see its log`,
          },
        ]
      : []),
    ...lost('paths and ids that nobody knows', { unanswered: sent - probesAnswered, sent }),
  ];
}

function lost(
  what: string,
  { unanswered, sent }: { unanswered: number; sent: number },
): NotJudged[] {
  return unanswered > 0 ? [{ what, why: `${unanswered} of ${sent} weren't answered` }] : [];
}
