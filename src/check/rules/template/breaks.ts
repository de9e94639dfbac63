import { render } from '../../../go-template/render/index.ts';
import { notificationWorld } from '../../../go-template/render/notification.ts';
import { ruleWorld } from '../../../go-template/render/world.ts';
import { definitions, usesOf } from '../../../go-template/uses.ts';
import { fixedLabels } from '../../../promql/label-values.ts';
import type { Stack } from '../../../stack/index.ts';
import { grafanaTexts } from '../../common/grafana-texts.ts';
import { notificationTemplates, ruleTemplates } from '../../common/read-templates.ts';
import type { Rule, Say } from '../../rule.ts';

/** A value with a fraction, as nearly all have. */
const TYPICAL_VALUE = 12.345;

export const breakingTemplate: Rule = {
  id: 'template/breaks',
  level: 'error',
  title: 'A template that breaks when it is filled in',
  why:
    'It parses, so nobody is told: at the moment of the alert Prometheus sends `<error ' +
    'expanding template …>`, or `%!d(float64=3)`, in the place of the text.',
  mend:
    '`$value` is a number with a fraction: it has no fields, is compared with `90.0`, and is ' +
    'formatted by `%f` or `%g`.',
  check: (stack, say) => {
    inRules(stack, say);
    inNotifications(stack, say);
    inGrafana(stack, say);
  },
};

/** Filled in with a typical value, and with the labels that the expression fixes. */
function inRules(stack: Stack, say: Say): void {
  for (const { rule, template, at, subject } of ruleTemplates(stack)) {
    // vmalert's templates have more to ask of than is known here.
    if (template.error || rule.group.isVmalerts) continue;
    const { expr } = rule.expression;
    const world = ruleWorld(TYPICAL_VALUE, expr ? fixedLabels(expr) : new Map());
    const own = new Map(definitions(template.nodes).map(({ name, body }) => [name, body]));
    for (const { from, to, message } of render(template.nodes, world, own).breaks)
      say(at({ from, to }), message, { subject });
  }
}

/** In Grafana `$value` is a text with all values and labels in it, which no number is made of. */
function inGrafana(stack: Stack, say: Say): void {
  for (const { title, template, at } of grafanaTexts(stack)) {
    if (template.error) continue;
    for (const { action, functions } of usesOf(template.nodes).values) {
      const wanting = functions.find((name) => name.startsWith('humanize'));
      if (wanting !== undefined)
        say(at(action), `\`${wanting}\` wants a number, and \`$value\` is a text here`, {
          subject: `alert ${title}`,
          why:
            "In Grafana `$value` reads `[ var='A' labels={…} value=1 ]`: the text is sent as it is " +
            'written, braces and all.',
          mend: `Name the query: \`{{ ${wanting} $values.A.Value }}\`.`,
        });
    }
  }
}

/** Each text of a receiver, with the templates that it calls. */
function inNotifications(stack: Stack, say: Say): void {
  const read = notificationTemplates(stack).filter(({ template }) => !template.error);
  const defined = new Map(
    read.flatMap((one) =>
      definitions(one.template.nodes).map(({ name, body }) => [name, { one, body }] as const),
    ),
  );
  const templates = new Map([...defined].map(([name, { body }]) => [name, body]));
  const told = new Set<string>();
  for (const { template, at, isFile } of read) {
    if (isFile) continue;
    const rendered = render(template.nodes, notificationWorld(), templates);
    const quoted = /\{\{[^}]*\}\}/.exec(rendered.text)?.[0];
    const whole = template.nodes[0];
    if (quoted !== undefined && whole)
      say(at(whole), `people read \`${quoted}\` as it stands: within quotes nothing is filled in`, {
        why: 'A text in quotes is a text for the template too: what stands in braces there is sent so.',
        mend: 'Leave the quotes and the outer braces out: `CRITICAL: {{ .CommonAnnotations.summary }}`.',
      });
    for (const { from, to, message, within } of rendered.breaks) {
      const place = (defined.get(within ?? '')?.one.at ?? at)({ from, to });
      const key = `${place.file.path} ${place.from} ${message}`;
      if (told.has(key)) continue;
      told.add(key);
      say(place, message, {
        why:
          'It parses, so nobody is told: at the moment of the notification Alertmanager fails, and ' +
          'sends nothing, or sends `<no value>`.',
        mend: 'Hand a template its dot (`{{ template "name" . }}`), and ask of each thing only what it has.',
      });
    }
  }
}
