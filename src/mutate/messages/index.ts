import { ALERTMANAGER } from '../../go-template/languages.ts';
import { parseTemplate } from '../../go-template/parse.ts';
import { definitions } from '../../go-template/uses.ts';
import { fieldsIn } from '../../go-template/walk.ts';
import type { Change, Mutant } from '../../model/mutation.ts';
import type { Alertmanager } from '../../stack/alertmanager.ts';
import { textsIn } from '../../stack/source/paths.ts';
import type { SourceFile } from '../../stack/source/source-file.ts';
import type { Place } from '../../stack/source/value.ts';
import { stretchOf } from '../places.ts';
import { fieldOfAnother, fieldWrong, statusSwapped } from './fields.ts';
import type { TemplateContext, TemplateMistake, TemplateOperator } from './operator.ts';
import { PART_OPERATORS } from './parts.ts';

/** Every way of getting a message's template wrong, in the order in which mutants are made. */
export const TEMPLATE_OPERATORS: TemplateOperator[] = [
  fieldWrong,
  fieldOfAnother,
  statusSwapped,
  ...PART_OPERATORS,
];

/** A text that is filled in when people are told. */
interface MessageText {
  text: string;
  subject: string;
  /** What tells it from others of its file. */
  where: string;
  at: (mistake: TemplateMistake) => Place;
  change: (mistake: TemplateMistake) => Change;
}

/** Mutants of what people read: of template files, and of the texts of receivers. */
export function messageMutants(
  templates: readonly SourceFile[],
  alertmanagers: readonly Alertmanager[],
): Mutant[] {
  const texts = [
    ...templates.filter(({ embedding }) => !embedding).map(ofFile),
    ...alertmanagers
      .filter(({ file, partial }) => !partial && !file.embedding && file.documents.length === 1)
      .flatMap(ofReceivers),
  ];
  const read = texts.flatMap((one) => {
    const { nodes, error } = parseTemplate(one.text, ALERTMANAGER);
    return error ? [] : [{ one, nodes }];
  });
  const fields = read
    .flatMap(({ nodes }) => fieldsIn(nodes))
    .map(({ path }) => `.${path.join('.')}`);
  const names = read.flatMap(({ nodes }) => definitions(nodes)).map(({ name }) => name);
  return read.flatMap(({ one, nodes }) => mutantsOf(one, { text: one.text, nodes, fields, names }));
}

function mutantsOf(one: MessageText, context: TemplateContext): Mutant[] {
  const seen = new Set([one.text]);
  return TEMPLATE_OPERATORS.flatMap(({ id, mistakes }) =>
    mistakes(context).flatMap((mistake) => {
      const changed = spliced(one.text, mistake);
      // What isn't a template any more is refused when it is read.
      if (seen.has(changed) || parseTemplate(changed, ALERTMANAGER).error) return [];
      seen.add(changed);
      return [mutantOf(id, one, mistake)];
    }),
  );
}

function mutantOf(operator: string, one: MessageText, mistake: TemplateMistake): Mutant {
  const place = one.at(mistake);
  const { path } = place.file;
  return {
    id: ['message', path, one.where, operator, mistake.from, mistake.text].join('/'),
    kind: 'message',
    operator,
    subject: one.subject,
    at: stretchOf(place),
    was: one.text.slice(mistake.from, mistake.to),
    becomes: mistake.text,
    changes: [one.change(mistake)],
  };
}

function ofFile(file: SourceFile): MessageText {
  return {
    text: file.text,
    subject: `template ${file.path}`,
    where: '',
    at: ({ from, to }) => ({ file, from, to }),
    change: (splice) => ({ file: file.path, edits: [], splice }),
  };
}

function ofReceivers({ receivers, root, file }: Alertmanager): MessageText[] {
  return textsIn(root.get('receivers'), ['receivers'])
    .filter(({ text }) => text.includes('{{'))
    .map(({ text, value, path }) => ({
      text,
      subject: `receiver ${receivers[Number(path[1])]?.name ?? ''}`,
      where: path.join('.'),
      at: ({ from, to }) => value.within(from, to),
      change: (mistake) => ({
        file: file.path,
        edits: [{ path, value: spliced(text, mistake) }],
      }),
    }));
}

function spliced(text: string, { from, to, text: put }: TemplateMistake): string {
  return `${text.slice(0, from)}${put}${text.slice(to)}`;
}
