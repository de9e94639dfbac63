/** GT-Vision's services that answer requests, by the names that stimuli and the load call them. */
export const SERVICES = ['backend', 'streaming', 'ai'] as const;
export const BACKEND = 'fake/backend';
export const STREAMING = 'fake/streaming';

/** How many cameras the backend is asked about. */
export const CAMERAS = 100;
