import { standInImage } from '../packaging.ts';
import type { Technology } from '../technology.ts';

/** MediaMTX, the media server: it is scraped, and can be gone. */
export const mediamtx: Technology = {
  name: 'mediamtx',
  components: [{ name: 'fake/mediamtx' }],
  standIns: [
    {
      component: 'fake/mediamtx',
      repository: 'bluenviron/mediamtx',
      image: standInImage('mediamtx'),
      original: { runs: 'instead' },
    },
  ],
  run: () => import('./run.ts'),
  stimuli: [],
};
