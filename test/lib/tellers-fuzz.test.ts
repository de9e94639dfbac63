import { PassThrough } from 'node:stream';
import { once } from 'node:events';
import { parseProcessCpu } from '../../src/capacity-run/measure/proc.ts';
import { wordsIn } from '../../src/commands/check/words-in.ts';
import { followed } from '../../src/images/follow.ts';
import { objectIn } from '../../src/lib/json-line.ts';
import { eventOf } from '../../src/run/events.ts';
import { Channel } from '../../src/runtimes/remote/channel.ts';
import { fuzzed } from '../support/fuzz.ts';
import type { Tried } from '../support/fuzz.ts';

// What other programs tell while they work: engines, the run inside, promtool, the kernel.

/** A stream with a text in chunks that end anywhere, in the middle of a letter too. */
function streamOf(text: string): PassThrough {
  const stream = new PassThrough();
  const bytes = Buffer.from(text);
  for (let at = 0; at < bytes.length; at += 4_099) stream.write(bytes.subarray(at, at + 4_099));
  return stream.end();
}

async function heard(text: string): Promise<void> {
  const input = streamOf(text);
  const channel = new Channel(input, () => undefined);
  channel.onCrash(() => undefined);
  if (!input.readableEnded) await once(input, 'close');
}

const PARSERS: Record<string, Tried> = {
  'an engine that pulls an image': {
    read: (text) => followed(streamOf(text)),
    refuses: Error,
    texts: ['{"status":"Pulling ä","id":"a1","progressDetail":{"current":1,"total":2}}\n{}\n'],
    nests: ['{"status":"a"}\n', '[', 'a', '\n'],
  },
  'a room that is asked from inside': {
    read: heard,
    texts: [
      '{"type":"done","id":1,"failure":null,"result":{}}\n{"type":"lost","name":"a","message":"b"}\n',
      '{"type":"crash","message":"a","advice":"b"}\n{"image":"of Podman"}\nnull\n7\n',
    ],
    nests: ['{"type":"lost","name":"a"}\n', '[', 'a', '\n'],
  },
  'events of a run': {
    read: (text) => eventOf(text).type,
    texts: ['{"type":"phase","text":"ä"}', 'Warning: of node', 'null', '[]', '7'],
    nests: ['[', '{"a":', '"'],
  },
  'one object a line': { read: objectIn, texts: ['{"a":1}'], nests: ['[', '{"a":', '\\'] },
  'what promtool has against a file': {
    read: (text) => wordsIn(text, '/a/b.yml'),
    texts: [
      'Checking /a/b.yml\n  FAILED:\n/a/b.yml: yaml: unmarshal errors:\n  line 3: field x not found\n',
      'Checking \'/a/b.yml\'  FAILED: 3:5: group "g", rule 1: could not parse\n\n[signal SIGSEGV\n',
    ],
    nests: ['a:\n', "Checking '", 'FAILED: ', '\n[signal', 'line 1: ', ':'],
  },
  "a process's figures": {
    read: (text) => parseProcessCpu(7, text),
    texts: ['7 (a) b) S 1 7 7 0 -1 4194560 1 2 0 0 150 50 3 4 20 0 1 0 5 6 7 8'],
    nests: [') ', ' ', '(', '7 '],
  },
};

fuzzed(PARSERS);
