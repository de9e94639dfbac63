import type { DashboardBuilder } from '@grafana/grafana-foundation-sdk/dashboard';
import { alertsFiring, frame, withPanels } from './lib/frame.ts';
import { graph } from './lib/graph.ts';
import { LIMITS } from './lib/limits.ts';
import { pie } from './lib/pie.ts';
import { COLUMNS, GRAPH_HEIGHT, STAT_HEIGHT, place } from './lib/place.ts';
import { stat } from './lib/stat.ts';

const ALERTS = ['NoActiveStreams', 'HighCameraOfflineRate', 'RecordingFailures'] as const;
const STREAMS = 'sum by (job) (gtvision_active_streams)';
const RECORDINGS = 'sum by (job) (gtvision_recordings_active)';
const RECORDING_ERRORS = 'sum by (job) (rate(gtvision_recording_errors_total[5m]))';
/** The hour is fixed: a number per hour means the hour that just passed. */
const LPR = 'sum(rate(gtvision_lpr_events_total[1h])) * 3600';
// Without any camera the share is 0/0, and `>= 0` leaves it out.
const OFFLINE =
  '100 * sum by (job) (gtvision_cameras_offline) / sum by (job) (gtvision_cameras_total) >= 0';

const HALF = COLUMNS / 2;
const BELOW = STAT_HEIGHT + GRAPH_HEIGHT;
const LAST = BELOW + GRAPH_HEIGHT;
const PIE_WIDTH = 8;

/** All of its panels, in the order in which they are drawn. */
const PANELS = [
  stat(alertsFiring(1, place(0, 0, 4, STAT_HEIGHT), ALERTS)),
  stat({
    id: 2,
    title: 'Streams Now',
    at: place(4, 0, 5, STAT_HEIGHT),
    unit: 'short',
    decimals: 0,
    limit: LIMITS.streams,
    queries: [{ expr: STREAMS, legend: '{{job}}' }],
    shows: 'Camera streams that are active now.',
    bad: '0 for 10 minutes: nothing is watched or recorded.',
    next: 'Active Streams for since when; Cameras Status.',
  }),
  stat({
    id: 3,
    title: 'Cameras Offline Now',
    at: place(9, 0, 5, STAT_HEIGHT),
    unit: 'percent',
    decimals: 1,
    min: 0,
    max: 100,
    limit: LIMITS.camerasOfflinePercent,
    queries: [{ expr: OFFLINE, legend: '{{job}}' }],
    shows: 'Share of all known cameras that are offline, in per cent.',
    bad: 'over 20% for 5 minutes.',
    next: 'Cameras Offline % for since when.',
  }),
  stat({
    id: 4,
    title: 'Recording Errors Now',
    at: place(14, 0, 5, STAT_HEIGHT),
    unit: 'ops',
    decimals: 3,
    limit: LIMITS.recordingErrorsPerSecond,
    queries: [{ expr: RECORDING_ERRORS, legend: '{{job}}' }],
    shows: 'Errors while recording, per second, over the last 5 minutes.',
    bad: 'over 0.1 a second for 5 minutes: footage is lost.',
    next: 'Recording Errors for since when; Disk Usage % on System Overview.',
  }),
  stat({
    id: 5,
    title: 'Plates Last Hour',
    at: place(19, 0, 5, STAT_HEIGHT),
    unit: 'short',
    decimals: 0,
    runbooks: ['ServiceDown'],
    queries: [{ expr: LPR, legend: 'events per hour' }],
    shows: 'Licence plates that were recognised in the last hour.',
    bad: '0 by day, while streams are active.',
    next: 'LPR Events/Hour for the course of the day; Targets Up on Infrastructure for ai.',
  }),
  graph({
    id: 11,
    title: 'Active Streams',
    at: place(0, STAT_HEIGHT, HALF, GRAPH_HEIGHT),
    unit: 'short',
    decimals: 0,
    limit: LIMITS.streams,
    queries: [{ expr: STREAMS, legend: '{{job}}' }],
    shows: 'Camera streams that are active.',
    bad: '0 for 10 minutes, or a step down that stays.',
    next: 'Cameras Status; Network I/O on System Overview; Targets Up on Infrastructure for streaming and mediamtx.',
  }),
  graph({
    id: 12,
    title: 'Recordings in Progress',
    at: place(HALF, STAT_HEIGHT, HALF, GRAPH_HEIGHT),
    unit: 'short',
    decimals: 0,
    runbooks: ['RecordingFailures'],
    queries: [{ expr: RECORDINGS, legend: '{{job}}' }],
    shows: 'Recordings that are being written.',
    bad: 'fewer than Active Streams leads to expect, above all 0 while there are streams.',
    next: 'Recording Errors; Disk Usage % on System Overview; MinIO Storage in Use on Infrastructure.',
  }),
  graph({
    id: 13,
    title: 'LPR Events/Hour',
    at: place(0, BELOW, HALF, GRAPH_HEIGHT),
    unit: 'short',
    decimals: 0,
    runbooks: ['ServiceDown'],
    queries: [{ expr: LPR, legend: 'events per hour' }],
    shows: 'Licence plates recognised in the hour before each point, of all cameras.',
    bad: 'a fall to 0 by day. It follows slowly: an hour passes until it is there.',
    next: 'Active Streams; RabbitMQ Queue Size and Targets Up on Infrastructure for ai.',
  }),
  graph({
    id: 14,
    title: 'Recording Errors',
    at: place(HALF, BELOW, HALF, GRAPH_HEIGHT),
    unit: 'ops',
    decimals: 3,
    min: 0,
    softMax: 0.12,
    limit: LIMITS.recordingErrorsPerSecond,
    queries: [{ expr: RECORDING_ERRORS, legend: '{{job}}' }],
    shows: 'Errors while recording, per second, over 5 minutes.',
    bad: 'over 0.1 a second for 5 minutes: footage is lost.',
    next: 'Disk Usage % and Disk I/O on System Overview; MinIO Storage in Use on Infrastructure.',
  }),
  pie({
    id: 15,
    title: 'Cameras Status',
    at: place(0, LAST, PIE_WIDTH, GRAPH_HEIGHT),
    unit: 'short',
    decimals: 0,
    runbooks: ['HighCameraOfflineRate'],
    queries: [
      { expr: 'sum(gtvision_cameras_online)', legend: 'online' },
      { expr: 'sum(gtvision_cameras_offline)', legend: 'offline' },
    ],
    colours: { online: 'green', offline: 'red' },
    shows: 'How many cameras are online and offline now.',
    bad: 'more than a fifth offline.',
    next: 'Cameras Offline % for since when: all at once is the network or the backend, one by one are the cameras.',
  }),
  graph({
    id: 16,
    title: 'Cameras Offline %',
    at: place(PIE_WIDTH, LAST, COLUMNS - PIE_WIDTH, GRAPH_HEIGHT),
    unit: 'percent',
    decimals: 1,
    min: 0,
    softMax: 25,
    limit: LIMITS.camerasOfflinePercent,
    queries: [{ expr: OFFLINE, legend: '{{job}}' }],
    shows: 'Share of all known cameras that are offline, in per cent.',
    bad: 'over 20% for 5 minutes.',
    next: 'Network I/O on System Overview; Active Streams.',
  }),
];

/** What GT-Vision is there for: streams, recordings, licence plates, cameras. */
export function businessMetrics(): DashboardBuilder {
  const dashboard = frame({
    uid: 'gtv-business',
    title: 'Business Metrics',
    tag: 'business',
    from: 'now-6h',
    alerts: ALERTS,
    description: 'What GT-Vision is there for: streams, recordings, licence plates, cameras.',
  });
  return withPanels(dashboard, PANELS);
}
