import { tagOf } from '../../../stack/pinned.ts';
import { servicesOf, subjectOf } from '../../common/services.ts';
import type { Rule } from '../../rule.ts';

export const latestImage: Rule = {
  id: 'compose/latest-image',
  level: 'warning',
  title: 'An image that is not pinned',
  why: 'What runs changes with the next pull: what worked yesterday fails today, and nobody changed anything.',
  mend: 'Name a version: `prom/prometheus:v3.5.0`.',
  check: ({ composes }, say) => {
    for (const service of servicesOf(composes)) {
      const text = service.image.text();
      // A variable without a default pins nothing that could be read here; one's own image is built
      // here.
      if (
        text === undefined ||
        text.includes('@sha256:') ||
        service.get('build').exists ||
        /\$\{?\w+\}?$/.test(text)
      )
        continue;
      const tag = tagOf(text);
      if (tag === undefined || tag === 'latest')
        say(
          service.image.place,
          `${text} is ${tag === undefined ? 'the latest, for no version is named' : 'the latest'}`,
          { subject: subjectOf(service) },
        );
    }
  },
};
