import type { OfferedCapacity, ThingMetric } from '../load.ts';

/**
 * What a camera's media node tells of it: 50 series, two thirds of which move with every scrape.
 */
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
const DELAY_BUCKETS = [
  ...['0.005', '0.01', '0.02', '0.03', '0.04', '0.05', '0.075', '0.1', '0.15', '0.2'],
  ...['0.3', '0.4', '0.5', '0.75', '1', '1.5', '2', '3', '+Inf'],
];

const METRICS: ThingMetric[] = [
  ...COUNTERS.map((name) => ({
    name: `gtvision_camera_${name}_total`,
    type: 'counter' as const,
    moves: true,
  })),
  ...GAUGES.map((name) => ({
    name: `gtvision_camera_${name}`,
    type: 'gauge' as const,
    moves: true,
  })),
  ...CONSTANTS.map((name) => ({
    name: `gtvision_camera_${name}`,
    type: 'gauge' as const,
    moves: false,
  })),
  {
    name: 'gtvision_camera_frame_delay_seconds',
    type: 'histogram' as const,
    buckets: DELAY_BUCKETS,
  },
];

/** Licence plates that are read, and cameras that are watched. */
export const capacity: OfferedCapacity = {
  events: [{ id: 'lpr-events', title: 'licence plates read', unit: 'events/s', service: 'ai' }],
  scraped: [
    {
      id: 'cameras',
      title: 'cameras, of 50 series each',
      unit: 'cameras',
      perTarget: 100,
      start: 100_000,
      max: 1_000_000,
      needed: 10_000,
      // Prometheus holds ten thousand cameras in less than this (docs/capacity.md).
      mostMemoryBytes: 1024 ** 3,
      things: { label: 'camera', prefix: 'cam-', metrics: METRICS },
    },
  ],
};
