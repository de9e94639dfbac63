import type { Panel } from '../../stack/dashboards/index.ts';
import { sourceName } from '../../stack/dashboards/index.ts';
import { refIds } from '../../stack/panel-queries.ts';
import type { Place, Value } from '../../stack/source/value.ts';

type Told = (place: Place, text: string) => void;

/**
 * How a panel shows what it asks for: the names of its series, from where on a value is coloured,
 * which of a series' values counts, and who is asked.
 * @param promised what the contract says of the panel
 */
export function judgeLooks(panel: Panel, promised: Value, say: Told): void {
  judgeLegends(panel, promised.get('legend'), say);
  judgeThresholds(panel, promised.get('thresholds'), say);
  judgeReduction(panel, promised.get('reduces'), say);
  judgeSource(panel, promised.get('data_source').text(), say);
}

/** One text for all queries, or one of each. */
function judgeLegends(panel: Panel, promised: Value, say: Told): void {
  for (const [refId, { legend, value }] of refIds(panel)) {
    const wanted = (promised.isMap ? promised.get(refId) : promised).text();
    const own = legend.text() ?? '';
    if (wanted !== undefined && own !== wanted)
      say(
        legend.exists ? legend.place : value.head,
        `${panel.title} calls what ${refId} shows \`${own}\`, and \`${wanted}\` is promised`,
      );
  }
}

function judgeThresholds({ title, value, fieldConfig }: Panel, promised: Value, say: Told): void {
  if (!promised.isList) return;
  const steps = fieldConfig.at('defaults', 'thresholds', 'steps');
  const numbers = (list: Value[]): string => list.flatMap((one) => one.number() ?? []).join(', ');
  const own = numbers(steps.items().map((step) => step.get('value')));
  const wanted = numbers(promised.items());
  if (own !== wanted)
    say(
      steps.exists ? steps.place : value.head,
      `${title} changes its colour at ${own || 'nothing'}, and ${wanted || 'nothing'} is promised`,
    );
}

function judgeReduction({ title, value, options }: Panel, promised: Value, say: Told): void {
  const wanted = promised.text();
  const calcs = options.at('reduceOptions', 'calcs');
  const own = calcs.texts().map(({ text }) => text);
  if (wanted !== undefined && own.join() !== wanted)
    say(
      calcs.exists ? calcs.place : value.head,
      `${title} shows the ${own.join(', ') || 'default'} of a series, and ${wanted} is promised`,
    );
}

/** By the uid or the name by which the panel calls it. */
function judgeSource(panel: Panel, wanted: string | undefined, say: Told): void {
  if (wanted === undefined) return;
  for (const [refId, { dataSource, value }] of refIds(panel)) {
    const named = sourceName(dataSource);
    const own = named.text();
    if (own !== wanted)
      say(
        named.exists ? named.place : value.head,
        `${panel.title} asks the data source ${own ?? 'that is the default'} for ${refId}, and ` +
          `${wanted} is promised`,
      );
  }
}
