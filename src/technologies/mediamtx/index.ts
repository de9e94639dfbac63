import type { Technology } from '../technology.ts';

/** MediaMTX, the media server: a stand-in of it is scraped, and can be gone. */
export const mediamtx: Technology = {
  name: 'mediamtx',
  components: [{ name: 'fake/mediamtx' }],
  stimuli: [],
};
