import type { Answer, NotJudged, Question } from '../model/attach.ts';
import { HarnessError } from '../lib/errors.ts';
import type { Reader } from './client/index.ts';
import { otherProgram } from './other-program.ts';
import { readOverview } from './overview.ts';
import type { Overview } from './overview.ts';
import { MOST_DASHBOARDS, OVERVIEW, dashboardOf } from './questions.ts';
import type { OverviewName } from './questions.ts';
import { unansweredOf, whyOf } from './unanswered.ts';

/** Told when a part couldn't be had. */
const PARTS: Record<OverviewName, string> = {
  build: 'the version of Prometheus',
  config: 'the scrape configuration',
  targets: 'the targets',
  rules: 'the rules',
  alertmanagers: 'whether Prometheus reaches an Alertmanager',
  names: 'which metrics there are',
  alertmanager: 'whom alerts are told',
  grafana: 'the version of Grafana',
  dashboards: 'the dashboards',
};

/** What nothing is judged by. */
const VERSIONS: ReadonlySet<OverviewName> = new Set(['build', 'grafana']);

const LOOK =
  'Look at the address, and at the credentials: npm run attach -- --help lists where they are read from.';

/** How a system is made, as it says itself. */
export interface Survey {
  overview: Overview;
  /** Each dashboard of Grafana, by its uid. */
  boards: Map<string, unknown>;
  notJudged: NotJudged[];
}

/**
 * Asks what is asked first.
 * @throws HarnessError when Prometheus doesn't answer: then nothing can be judged
 */
export async function survey(
  reader: Reader,
  addresses: Partial<Record<Question['of'], string>>,
): Promise<Survey> {
  const first = await firstAnswer(reader, addresses.prometheus ?? 'Prometheus');
  const names = Object.keys(OVERVIEW) as OverviewName[];
  const asked = names.filter(
    (name) => name !== 'build' && addresses[OVERVIEW[name].of] !== undefined,
  );
  const answers = await reader.ask(asked.map((name) => OVERVIEW[name]));
  const { overview, missing } = readOverview(
    new Map([
      ['build', first] as const,
      ...asked.map((name, i) => [name, answers[i] ?? { error: 'it was not asked' }] as const),
    ]),
  );
  if (!overview.rules || !overview.targets)
    throw new HarnessError(
      `${addresses.prometheus ?? 'Prometheus'} does not answer as a Prometheus: ` +
        ((missing.rules ?? missing.targets)?.error ?? ''),
      LOOK,
    );
  const notJudged: NotJudged[] = names.flatMap((name) => {
    const found = missing[name];
    return found ? [{ what: PARTS[name], why: whyOf(found), decisive: !VERSIONS.has(name) }] : [];
  });
  const listed = overview.dashboards ?? [];
  if (overview.dashboards?.length === 0)
    notJudged.push({
      what: PARTS.dashboards,
      why: 'Grafana shows none to who asks. Look at what the credentials may read.',
      decisive: true,
    });
  if (listed.length >= MOST_DASHBOARDS)
    notJudged.push({
      what: PARTS.dashboards,
      why: `Grafana lists ${MOST_DASHBOARDS} at once: those behind them were not looked at.`,
      decisive: true,
    });
  const boards = new Map<string, unknown>();
  const found = await reader.ask(listed.map(({ uid }) => dashboardOf(uid)));
  const failed: { what: string; why: string }[] = [];
  for (const [i, { uid, title }] of listed.entries()) {
    const answer = found[i];
    if (answer && 'body' in answer) boards.set(uid, answer.body);
    else
      failed.push({ what: `dashboard ${title}`, why: answer ? whyOf(answer) : 'it was not asked' });
  }
  notJudged.push(...unansweredOf('the dashboards', failed, listed.length));
  return { overview, boards, notJudged };
}

/**
 * Whether it answers at all, before everything else: what is down or locked is waited for once.
 * @throws HarnessError with the cause, and what to do
 */
async function firstAnswer(reader: Reader, address: string): Promise<Answer> {
  const [answer] = await reader.ask([OVERVIEW.build]);
  if (!answer) return { error: 'it was not asked' };
  if ('body' in answer) return answer;
  const other = await otherProgram(reader, answer.error);
  if (other) throw new HarnessError(`${address} ${other.is}`, other.mend);
  throw new HarnessError(
    `${address} does not answer as a Prometheus: ${answer.error}`,
    answer.mend ?? LOOK,
  );
}
