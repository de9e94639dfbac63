import type { CheckFinding } from '../../src/model/check.ts';
import { subjectId } from '../../src/model/expectation.ts';
import type { Judgement } from '../../src/model/verdict.ts';
import type { Judged } from './judged.ts';
import type { Agreement } from './record.ts';

/** What a run of verify left. */
export interface LiveRun {
  judgement: Judgement | undefined;
  findings: CheckFinding[];
}

/** Something that a run tells: by which rule or verdict, in which words, and about what. */
interface Told {
  by: string;
  id: string;
  title: string;
  about: string;
}

/**
 * By what a run noticed a mutant, its own verdicts first.
 * @param isAlone whether nothing else is wrong in it, or nothing may be noticed at all
 */
export function noticedOf(
  run: LiveRun,
  one: Judged,
  isAlone: boolean,
): Pick<Agreement, 'noticed' | 'open'> {
  const { judgement } = run;
  const isAbout = (about: string): boolean => isAlone || isOf(one, about);
  const told = toldIn(run);
  const found = told.find(({ about, id, title }) => isAbout(about) || isSaid(one, id, title));
  const open = (judgement?.verdicts ?? []).some(
    ({ expectation, outcome }) =>
      outcome === 'inconclusive' && isAbout(subjectId(expectation.subject)),
  );
  return { noticed: found ? `${found.by}: ${found.id}` : null, open: !judgement || open };
}

/** What a run tells of itself, then what of the files. */
function toldIn({ judgement, findings }: LiveRun): Told[] {
  return [
    ...(judgement?.verdicts ?? []).flatMap(({ expectation, outcome, finding }) =>
      outcome === 'fail' && finding
        ? [{ by: 'run', ...finding, about: subjectId(expectation.subject) }]
        : [],
    ),
    ...findings.flatMap(({ rule, level, title, subject }) =>
      level === 'advice' ? [] : [{ by: 'check', id: rule, title, about: subject ?? '' }],
    ),
  ];
}

/** Whether it is just what evidence said that would be told. */
function isSaid({ because, fate }: Judged, id: string, title: string): boolean {
  return fate === 'killed' && because.endsWith(`${title} [${id}]`);
}

/** Whether what something is about is what the mutant is in. */
function isOf({ mutant: { subject }, fault }: Judged, about: string): boolean {
  if (fault) return about === `${fault.metric}/${fault.service}`;
  const name = subject.replace(/^(alert|panel) /, '').replaceAll(' / ', '/');
  const panel = name.split('/').at(-1) ?? name;
  return (
    [subject, `panel ${panel}`, `panel "${panel}"`, name].includes(about) ||
    about.startsWith(`${name}/`) ||
    about.startsWith(`${name} `)
  );
}
