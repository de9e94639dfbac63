import { once } from 'node:events';
import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import { sleepUntil } from '../lib/wait.ts';

/** What a machine has left for a run. */
export interface Strain {
  /** Cores that this process may use. */
  cores: number;
  /** Of them, as many as a run would get now. */
  freeCores: number;
  /** Time by which nineteen of twenty timers were late at most, ms. */
  latenessMs: number;
}

/**
 * Long enough to be interrupted by whoever else runs: the kernel lets nobody wait for longer than
 * some 20 ms.
 */
const MEASURE_MS = 200;
const TIMER_MS = 5;
const USUAL = 0.95;
const SPINNING = `const end = performance.now() + ${MEASURE_MS}; while (performance.now() < end);`;

/**
 * Tries what the machine bears: how late timers are, and how much of its cores somebody gets who
 * wants all of them. What others use, their priorities and a container's limits are all in it.
 */
export async function measureHere(signal: AbortSignal): Promise<Strain> {
  const cores = availableParallelism();
  return {
    cores,
    latenessMs: await timerLatenessMs(signal),
    freeCores: Math.min(cores, await obtainableCores(cores)),
  };
}

async function timerLatenessMs(signal: AbortSignal): Promise<number> {
  const end = performance.now() + MEASURE_MS;
  const late: number[] = [];
  for (let due = 0; due < end;) {
    due = performance.now() + TIMER_MS;
    await sleepUntil(Date.now() + TIMER_MS, signal);
    late.push(Math.max(0, performance.now() - due));
  }
  const sorted = late.toSorted((a, b) => a - b);
  return sorted[Math.floor(sorted.length * USUAL)] ?? 0;
}

/** Processor time that as many busy threads as there are cores get, per second. */
async function obtainableCores(cores: number): Promise<number> {
  const threads = Array.from({ length: cores }, () => new Worker(SPINNING, { eval: true }));
  const ended = threads.map((thread) => once(thread, 'exit'));
  await Promise.all(threads.map((thread) => once(thread, 'online')));
  const before = { cpu: process.cpuUsage(), at: performance.now() };
  await Promise.all(ended);
  const { user, system } = process.cpuUsage(before.cpu);
  return (user + system) / 1_000 / (performance.now() - before.at);
}
