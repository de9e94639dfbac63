import type { TestGroup } from './assertion.ts';
import { statementsOf } from './assertion.ts';
import { burstCourse, firingCourse, silentCourse, surgeCourse } from './courses.ts';
import type { Course, Setting } from './courses.ts';
import { instancesOf, seriesOf } from './instances.ts';
import type { Promised } from './promised.ts';
import { readingOf } from './reading.ts';
import { findStimulus } from '../../technologies/registry.ts';
import type { Recipe } from '../../technologies/recipe.ts';
import type { StimulusKind } from '../../technologies/technology.ts';

export interface Tests {
  groups: TestGroup[];
  notJudged: { alert: string; reason: string }[];
}

/** How an instance of the stack is scraped. */
export interface World {
  scrapeMs: number;
  evaluationMs: number;
  /** The jobs that export a metric, by the contract. */
  jobsOf: (metric: string) => string[];
  targetOf: (job: string) => string | undefined;
}

/**
 * Unit tests of the rules as they are, at real durations: just below the limit silent for ever;
 * just above it pending from the first evaluation on, firing after exactly ⌈F/E⌉ evaluations
 * (rules/alerting.go, `Eval`), over when it is over; where the contract names the limit, the same
 * at its last digit.
 */
export function makeTests(promised: Promised[], world: World): Tests {
  const tests: Tests = { groups: [], notJudged: [] };
  let id = 0;
  for (const one of promised) {
    const made = testsOf(one, world, () => ++id);
    if (typeof made === 'string') tests.notJudged.push({ alert: one.name, reason: made });
    else tests.groups.push(...made);
  }
  return tests;
}

function testsOf(one: Promised, world: World, nextId: () => number): TestGroup[] | string {
  const { rule, forMs, kind, windowMs } = one;
  if (!rule) return 'there is no rule of this name';
  if (!rule.expression.expr) return 'its expression is no PromQL';
  if (forMs === undefined) return "the contract's `for` is no duration";
  const { scrapeMs } = world;
  const evaluationMs = rule.group.intervalMs ?? world.evaluationMs;
  const pendingMs = Math.ceil(forMs / evaluationMs) * evaluationMs;
  const intervals = { scrapeMs, evaluationMs, windowMs, pendingMs };
  if (kind === 'always') return [always(one, intervals, nextId)];
  const stimulus = kind === undefined ? undefined : findStimulus(kind);
  const recipe = stimulus?.recipe;
  if (!recipe)
    return kind === undefined
      ? 'the contract names no stimulus'
      : `nobody knows which series the stimulus \`${kind}\` makes`;
  const [near, over] = kind === 'outage' ? [1, 0] : [one.near, one.over];
  if (near === undefined || over === undefined)
    return 'the contract names no levels `near` and `over`';
  const instances = instancesOf(one, recipe, world);
  if (!instances) return 'the contract names no job that exports its metrics';
  const setting = { ...intervals, calm: one.calm ?? near, follows: recipe.follows };
  return coursesOf(one, near, over, stimulus, setting).map((course) => ({
    ...groupOf(one, course, instances.labels, intervals, nextId),
    series: seriesOf(worldOf(recipe, course), instances, course, setting),
  }));
}

function worldOf(recipe: Recipe, { otherwise }: Course): Recipe {
  return otherwise && recipe.otherwise ? { ...recipe, series: recipe.otherwise } : recipe;
}

/** The worlds in which an alert is looked at. */
function coursesOf(
  { limit }: Promised,
  near: number,
  over: number,
  stimulus: StimulusKind,
  setting: Setting,
): Course[] {
  const around = [
    silentCourse('just below the limit', near, setting),
    firingCourse('just above the limit', near, over, setting),
    ...(stimulus.recipe?.otherwise
      ? [otherwise(firingCourse('just above the limit, otherwise', near, over, setting))]
      : []),
  ];
  if (!limit) return around;
  const { level } = limit;
  const way = limit.op.startsWith('>') ? 1 : -1;
  const digit = way * Math.max(Math.abs(level), 1) * LAST_DIGIT;
  const furthest = (way > 0 ? stimulus.level?.max : stimulus.level?.min) ?? over;
  const averaged = setting.windowMs > 0 ? [burstCourse, surgeCourse] : [];
  const beyond = (furthest - over) * way;
  return [
    ...around.map(unread),
    ...(limit.op.endsWith('=')
      ? [
          silentCourse('a last digit before the limit', level - digit, setting, true),
          firingCourse('exactly at the limit', near, level, setting),
        ]
      : [
          silentCourse('exactly at the limit', level, setting, true),
          firingCourse('a last digit beyond the limit', near, level + digit, setting),
        ]),
    ...averaged.flatMap((course) => course(level, furthest, setting) ?? []),
    ...(averaged.length === 0 && beyond > 0
      ? [unread(firingCourse('as far beyond the limit as it goes', near, furthest, setting))]
      : []),
  ];
}

function otherwise(course: Course): Course {
  return { ...course, otherwise: true };
}

/** What people read is promised of where the limit is, if the contract names it. */
function unread({ name, phases, spans, otherwise: isOther }: Course): Course {
  return { name, phases, spans, ...(isOther ? { otherwise: isOther } : {}) };
}

/**
 * What a limit's last digit is: less than anybody writes, and more than what binary fractions leave
 * behind.
 */
const LAST_DIGIT = 1e-6;

function always(
  one: Promised,
  intervals: Pick<Setting, 'scrapeMs' | 'evaluationMs' | 'pendingMs'>,
  nextId: () => number,
): TestGroup {
  const { evaluationMs, pendingMs } = intervals;
  const endMs = pendingMs + 4 * evaluationMs;
  const course: Course = {
    name: 'always',
    phases: [],
    spans: [
      { state: 'pending', fromMs: 0, toMs: pendingMs - evaluationMs },
      { state: 'firing', fromMs: pendingMs, toMs: endMs },
    ],
    readAtMs: endMs,
  };
  return { ...groupOf(one, course, one.labels, intervals, nextId), series: [] };
}

/** A world with what must be seen in it; its series are still to come. */
function groupOf(
  one: Promised,
  course: Course,
  labels: Record<string, string>,
  { scrapeMs, evaluationMs }: Pick<Setting, 'scrapeMs' | 'evaluationMs'>,
  nextId: () => number,
): Omit<TestGroup, 'series'> {
  const all = { ...labels, ...(one.severity === undefined ? {} : { severity: one.severity }) };
  const statements = statementsOf(one.name, all, nextId);
  const assertions = course.spans.flatMap((span) => statements(span, evaluationMs));
  const reading = readingOf(one, course, all, nextId);
  return {
    name: `${one.name}: ${course.name}`,
    alert: one.name,
    evaluationMs,
    scrapeMs,
    assertions,
    readings: reading ? [reading] : [],
  };
}
