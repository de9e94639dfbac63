import { subjectOf } from '../../common/services.ts';
import type { Rule } from '../../rule.ts';

export const undefinedVolume: Rule = {
  id: 'compose/undefined-volume',
  level: 'error',
  title: 'A volume that is not declared',
  why: 'compose refuses the file.',
  mend: 'Declare it under `volumes`.',
  check: ({ composes }, say) => {
    for (const { service, project } of composes
      .filter(({ isPart }) => !isPart)
      .flatMap((one) => one.services.map((each) => ({ service: each, project: one }))))
      for (const { source, value } of service.mounts)
        if (
          /^[a-zA-Z0-9][\w.-]*$/.test(source) &&
          !project.root.get('include').exists &&
          !project.volumes.includes(source) &&
          (value.get('type').text() ?? 'volume') === 'volume'
        )
          say(value.isMap ? value.head : value.place, `the volume \`${source}\` is not declared`, {
            subject: subjectOf(service),
          });
  },
};
