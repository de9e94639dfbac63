import type { Disposal } from '../../lib/disposal.ts';
import type { ProofPlan } from '../../model/proof-plan.ts';
import type { ProcessRuntime } from '../../runtimes/native/processes.ts';
import { enter } from '../../technologies/entering.ts';
import { processesOf } from '../../technologies/processes.ts';
import { processOf } from './outages.ts';

/** What starting them asks of a plan. */
export type Componented = Pick<
  ProofPlan,
  'components' | 'hosts' | 'selected' | 'speed' | 'prometheusFlags'
>;

/** Starts a plan's real components, and what stands behind them, at rest. */
export async function startComponents(
  plan: Componented,
  runDir: string,
  runtime: ProcessRuntime,
  disposal: Disposal,
  signal: AbortSignal,
): Promise<void> {
  const jobs = plan.components.map(({ component, target }) => ({
    ...{ name: processOf(component), component, target, metricsPath: '/metrics' },
    ...{ toldBySilence: null, scrapeMs: 0 },
  }));
  const { speed, prometheusFlags } = plan;
  const metrics = plan.selected.map((name) => ({ name }));
  const place = {
    plan: { jobs, speed, prometheusFlags, metrics, files: [], panels: [] },
    // None of them is a program of this repository.
    ...{ runDir, projectDir: runDir, addresses: plan.hosts },
  };
  const stage = { ...place, signals: {}, logins: {}, inContainers: false, disposal };
  await enter(stage, 'before', signal);
  const processes = processesOf(place);
  runtime.learn(processes);
  await Promise.all(processes.map(({ name }) => runtime.start(name, signal)));
}
