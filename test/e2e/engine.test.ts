import { describe } from 'vitest';

// All that asks for a container engine's whole contents before and after stands in one file: tests
// of several files run side by side, and these share the one engine.
describe('runs in containers', async () => void (await import('./engine/docker.ts')));
describe('images', async () => void (await import('./engine/images.ts')));
describe('real programs', async () => void (await import('./engine/originals.ts')));
describe('containers', async () => void (await import('./engine/container-runtime.ts')));
