import { once } from 'node:events';
import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import { sleepFor } from '../lib/wait.ts';

/** What a machine has left for a run. */
export interface Strain {
  /** Cores that this process may use. */
  cores: number;
  /** Of them, as many as a run would get now. */
  freeCores: number;
  /**
   * What a core does in its time while all are busy, against one on which a whole proof at speed
   * 100 was never short of two (docs/timing.md): neighbours of a virtual machine share its caches.
   */
  quickness: number;
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
/** Rounds that such a core does in a second of processor time. */
const USUAL_ROUNDS = 700;
/** Rounds of what a run does most: texts become objects, and objects are looked up by texts. */
const SPINNING = `
  const { parentPort } = require('node:worker_threads');
  const round = () => {
    const found = new Map();
    let sum = 0;
    for (let i = 0; i < 2000; i++) {
      const one = JSON.parse('{"a":' + i + ',"b":["x","y",{"c":1.5}],"d":"text ' + i + '"}');
      found.set(one.d, one);
      sum += one.a + one.b.length;
    }
    return sum + found.size;
  };
  let rounds = 0;
  const end = performance.now() + ${MEASURE_MS};
  for (; performance.now() < end; rounds++) round();
  parentPort.postMessage(rounds);
`;

/**
 * Tries what the machine bears: how late timers are, and how much of its cores somebody gets who
 * wants all of them. What others use, their priorities and a container's limits are all in it.
 */
export async function measureHere(signal: AbortSignal): Promise<Strain> {
  const cores = availableParallelism();
  const latenessMs = await timerLatenessMs(signal);
  const { obtained, quickness } = await triedCores(cores);
  return { cores, latenessMs, quickness, freeCores: Math.min(cores, obtained) };
}

async function timerLatenessMs(signal: AbortSignal): Promise<number> {
  const end = performance.now() + MEASURE_MS;
  const late: number[] = [];
  for (let due = 0; due < end;) {
    due = performance.now() + TIMER_MS;
    await sleepFor(TIMER_MS, signal);
    late.push(Math.max(0, performance.now() - due));
  }
  const sorted = late.toSorted((a, b) => a - b);
  return sorted[Math.floor(sorted.length * USUAL)] ?? 0;
}

/**
 * Processor time that as many busy threads as there are cores get, per second, and what they do in
 * it.
 */
async function triedCores(cores: number): Promise<{ obtained: number; quickness: number }> {
  const threads = Array.from({ length: cores }, () => new Worker(SPINNING, { eval: true }));
  const done = threads.map(async (thread) => {
    const [rounds] = (await once(thread, 'message')) as [number];
    return rounds;
  });
  await Promise.all(threads.map((thread) => once(thread, 'online')));
  const before = { cpu: process.cpuUsage(), at: performance.now() };
  const rounds = (await Promise.all(done)).reduce((a, b) => a + b);
  const { user, system } = process.cpuUsage(before.cpu);
  const usedMs = (user + system) / 1_000;
  return {
    obtained: usedMs / (performance.now() - before.at),
    quickness: rounds / (usedMs / 1_000) / USUAL_ROUNDS,
  };
}
