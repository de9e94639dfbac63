import { standInImage } from '../packaging.ts';
import type { Technology } from '../technology.ts';

/** MediaMTX, the media server: a stand-in of it is scraped, and can be gone. */
export const mediamtx: Technology = {
  name: 'mediamtx',
  components: [{ name: 'fake/mediamtx' }],
  standIns: [
    {
      component: 'fake/mediamtx',
      repository: 'bluenviron/mediamtx',
      image: standInImage('mediamtx'),
      why: 'a media server without a source has nothing to measure',
    },
  ],
  run: () => import('./run.ts'),
  stimuli: [],
};
