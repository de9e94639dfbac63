import { Exposition } from './exposition.ts';

/** What a camera's media node tells of it: 50 series, two thirds of which move with every scrape. */
const COUNTERS = [
  'frames',
  'keyframes',
  'frames_dropped',
  'received_bytes',
  'received_packets',
  'lost_packets',
  'sent_bytes',
  'recorded_bytes',
  'recorded_seconds',
  'reconnects',
  'motion_events',
  'plates_read',
];
const GAUGES = [
  'bitrate_bits',
  'frames_per_second',
  'jitter_seconds',
  'round_trip_seconds',
  'buffer_seconds',
  'readers',
  'signal_level',
];
const CONSTANTS = [
  'online',
  'recording',
  'width_pixels',
  'height_pixels',
  'keyframe_interval_seconds',
  'audio_channels',
  'archive_days',
  'firmware',
  'ptz_preset',
  'stream_profile',
];
const DELAY = 'gtvision_camera_frame_delay_seconds';
const DELAY_BUCKETS = [
  '0.005',
  '0.01',
  '0.02',
  '0.03',
  '0.04',
  '0.05',
  '0.075',
  '0.1',
  '0.15',
  '0.2',
  '0.3',
  '0.4',
  '0.5',
  '0.75',
  '1',
  '1.5',
  '2',
  '3',
  '+Inf',
];

export const SERIES_PER_CAMERA =
  COUNTERS.length + GAUGES.length + CONSTANTS.length + DELAY_BUCKETS.length + 2;

/** The metrics text of some cameras, numbered from `first`. */
export function camerasText(first: number, count: number): Exposition {
  const text = new Exposition();
  const cameras = Array.from(
    { length: count },
    (_, n) => `camera="cam-${String(first + n).padStart(6, '0')}"`,
  );
  const each = (
    name: string,
    type: 'counter' | 'gauge',
    move: 'counter' | 'gauge' | 'constant',
  ): void => {
    text.metric(name, type);
    for (const camera of cameras) text.add(name, camera, move);
  };
  for (const name of COUNTERS) each(`gtvision_camera_${name}_total`, 'counter', 'counter');
  for (const name of GAUGES) each(`gtvision_camera_${name}`, 'gauge', 'gauge');
  for (const name of CONSTANTS) each(`gtvision_camera_${name}`, 'gauge', 'constant');
  text.metric(DELAY, 'histogram');
  for (const camera of cameras) text.histogram(DELAY, camera, DELAY_BUCKETS);
  return text;
}
