import type { Rule } from '../../rule.ts';

export const fileSyntax: Rule = {
  id: 'file/syntax',
  level: 'error',
  title: 'A file that cannot be read',
  why: 'The program that it is for refuses it, and starts without it or not at all.',
  mend: 'Correct it at this place: everything behind it may have been read wrongly.',
  check: ({ relevant }, say) => {
    for (const file of relevant)
      for (const error of file.errors)
        say(
          { file, from: error.from, to: error.to },
          `${file.kind === 'json' ? 'no JSON' : file.kind === 'yaml' ? 'no YAML' : 'not readable'}: ${error.message}`,
        );
  },
};
