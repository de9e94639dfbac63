import { createServer } from 'node:http';
import { parseArgs } from 'node:util';

// A small server for capacity runs, with the trouble that it is asked to make. Prints its port when
// it listens.
const { values } = parseArgs({
  options: {
    /** Every n-th request is answered with 503. */
    'fail-every': { type: 'string' },
    /**
     * Requests are answered one after the other, each after so many ms: a server with a known
     * capacity.
     */
    'one-by-one': { type: 'string' },
    /** After so many requests it takes more and answers none. */
    'hang-after': { type: 'string' },
    /** After so many requests it ends. */
    'die-after': { type: 'string' },
  },
});
const of = (name: keyof typeof values): number => Number(values[name] ?? Infinity);
let asked = 0;
let free = 0;

const server = createServer((_request, response) => {
  asked++;
  if (asked > of('die-after')) process.exit(1);
  if (asked > of('hang-after')) return;
  const answer = (): void =>
    void response.writeHead(asked % of('fail-every') === 0 ? 503 : 200).end('ok');
  if (values['one-by-one'] === undefined) {
    answer();
    return;
  }
  free = Math.max(free, Date.now()) + of('one-by-one');
  setTimeout(answer, free - Date.now());
});
server.listen(0, '127.0.0.1', () => {
  const address = server.address();
  process.stdout.write(`${typeof address === 'object' ? (address?.port ?? 0) : 0}\n`);
});
