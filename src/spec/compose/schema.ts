import { z } from 'zod';
import { interval } from '../schema.ts';

const text = z.union([z.string(), z.number(), z.boolean()], { error: 'text' }).transform(String);
const list = z.array(text);
/** Compose takes a command as a list, or as one text that a shell would take apart. */
const words = z.union([list, z.string()], { error: 'a list of arguments' });
const map = z.record(z.string(), text);

/**
 * Known to Compose and without meaning for a run: it has names, hosts, networks, restarts and logs
 * of its own.
 */
const IGNORED = [
  'restart',
  'extra_hosts',
  'container_name',
  'labels',
  'logging',
  'expose',
  'stop_grace_period',
  'pid',
  'networks',
  'profiles',
  'pull_policy',
  'platform',
  'init',
];
const ignored = Object.fromEntries(IGNORED.map((key) => [key, z.unknown().optional()]));

/**
 * The part of the Compose specification that a run needs (github.com/compose-spec/compose-spec,
 * 05-services.md). Unknown keys are refused: what the harness doesn't know of it can't do, and the
 * run would prove something else.
 */
export const composeShape = {
  file: z.strictObject({
    name: z.string().optional(),
    version: z.unknown().optional(),
    services: z.record(z.string(), z.unknown()),
    volumes: z.record(z.string(), z.unknown()).optional(),
    networks: z.unknown().optional(),
    secrets: z.record(z.string(), z.unknown()).optional(),
  }),
  service: z.strictObject({
    image: z.string(),
    build: z
      .union([
        z.string(),
        z.strictObject({
          context: z.string(),
          dockerfile: z.string().optional(),
          args: map.optional(),
          target: z.string().optional(),
        }),
      ])
      .optional(),
    entrypoint: words.optional(),
    command: words.optional(),
    environment: z.union([map, list]).optional(),
    user: text.optional(),
    hostname: z.string().optional(),
    volumes: z.array(z.unknown()).optional(),
    ports: z.array(z.unknown()).optional(),
    secrets: z.array(z.unknown()).optional(),
    depends_on: z.unknown().optional(),
    healthcheck: z.unknown().optional(),
    shm_size: text.optional(),
    ulimits: z
      .record(
        z.string(),
        z.union([z.number(), z.strictObject({ soft: z.number(), hard: z.number() })], {
          error: 'a number, or a map with soft and hard',
        }),
      )
      .optional(),
    // A run has one network for all; with another container's, or with none, it would be another
    // stack.
    network_mode: z
      .enum(['host', 'bridge'], { error: '`host` or `bridge`: a run has one network for all' })
      .optional(),
    cap_drop: list.optional(),
    security_opt: list.optional(),
    ...ignored,
  }),
  mount: z.union(
    [
      z.string(),
      z.strictObject({
        type: z.enum(['volume', 'bind']),
        source: z.string(),
        target: z.string(),
        read_only: z.boolean().optional(),
        volume: z.unknown().optional(),
        bind: z.unknown().optional(),
      }),
    ],
    { error: '`source:target`, `source:target:ro`, or a map with type, source and target' },
  ),
  port: z.union(
    [
      text,
      z.strictObject({
        target: z.number().int(),
        published: text.optional(),
        host_ip: z.string().optional(),
        protocol: z.enum(['tcp']).optional(),
        mode: z.string().optional(),
      }),
    ],
    { error: 'a port such as "127.0.0.1:9090:9090"' },
  ),
  secret: z.union(
    [
      z.string(),
      z.strictObject({
        source: z.string(),
        target: z.string().optional(),
        uid: text.optional(),
        gid: text.optional(),
        mode: z.unknown().optional(),
      }),
    ],
    { error: 'the name of a secret' },
  ),
  dependsOn: z.union(
    [
      z.array(z.string()),
      z.record(
        z.string(),
        z.strictObject({
          condition: z.enum(['service_started', 'service_healthy']),
          restart: z.boolean().optional(),
          required: z.boolean().optional(),
        }),
      ),
    ],
    { error: 'names of services, or a map of them with a condition' },
  ),
  healthcheck: z.strictObject({
    test: words.optional(),
    interval: interval.optional(),
    timeout: interval.optional(),
    retries: z.number().int().min(1).optional(),
    start_period: interval.optional(),
    start_interval: interval.optional(),
    disable: z.boolean().optional(),
  }),
};
