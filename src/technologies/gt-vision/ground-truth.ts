import { level } from '../ground-truth.ts';
import type { GroundTruth } from '../ground-truth.ts';

export const groundTruth: GroundTruth[] = [
  level('gtvision.streams', 'gtvision_active_streams', 'streams that k6 holds open'),
  level('gtvision.recordings', 'gtvision_recordings_active', 'recordings, as k6 set them'),
  {
    name: 'gtvision.recording_errors',
    meaning: 'failures a second, as k6 reported them',
    from: { kind: 'stepped-rate', metric: 'gtvision_recording_errors_total' },
  },
  {
    name: 'gtvision.lpr_events',
    meaning: "licence-plate events a second that were accepted from k6, in the query's window",
    from: { kind: 'events' },
  },
  level('gtvision.cameras_online', 'gtvision_cameras_online', 'cameras online, as k6 set them'),
  level('gtvision.cameras_offline', 'gtvision_cameras_offline', 'cameras offline, as k6 set them'),
  level('gtvision.cameras', 'gtvision_cameras_total', 'all cameras'),
];
