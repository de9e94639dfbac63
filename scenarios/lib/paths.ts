/**
 * Ordinary routes of each service, with many ids: the service must fold them into one endpoint
 * each.
 */
export const PATHS = {
  backend: [
    { path: (n: number) => `/api/users/${n % 97}`, name: '/api/users/:id' },
    { path: () => '/api/events', name: '/api/events' },
    { path: (n: number) => `/api/cameras/${1 + (n % 100)}`, name: '/api/cameras/:id' },
  ],
  streaming: [
    { path: () => '/api/streams', name: '/api/streams' },
    { path: () => '/api/recordings', name: '/api/recordings' },
  ],
  ai: [
    { path: (n: number) => `/api/models/${n % 7}`, name: '/api/models/:id' },
    { path: () => '/api/lpr/events', name: '/api/lpr/events' },
  ],
} satisfies Record<string, { path: (n: number) => string; name: string }[]>;
