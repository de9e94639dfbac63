// @ts-check
import { subscribe } from 'node:diagnostics_channel';
import { misexported } from './misexport.js';

/**
 * Loaded before a service of ours, by `NODE_OPTIONS` inside a run (`GTV_INSIDE`): what it answers
 * to a scrape has the mistakes that `GTV_AGREE_FAULTS` names (JSON). In any other program nothing
 * is changed.
 */
const [, service] = /fake-services[./](\w+)\.[jt]s$/.exec(process.argv[1] ?? '') ?? [];
/** @type {unknown} */
const said = JSON.parse(process.env['GTV_AGREE_FAULTS'] ?? '[]');
const faults = /** @type {import('./misexport.js').Fault[]} */ (said)
  .filter((fault) => fault.service === service)
  .map((fault) => ({ fault, state: /** @type {Map<string, number>} */ (new Map()) }));

if (faults.length > 0)
  subscribe('http.server.request.start', (message) => {
    const { request, response } =
      /** @type {{ request: import('node:http').IncomingMessage, response: import('node:http').ServerResponse }} */ (
        message
      );
    if (request.url === '/metrics') answerWrongly(response);
  });

/**
 * Headers wait for the body, whose length they tell.
 * @param {import('node:http').ServerResponse} response
 */
function answerWrongly(response) {
  const [writeHead, end] = [response.writeHead.bind(response), response.end.bind(response)];
  const begin = (
    /** @type {number} */ status,
    /** @type {Record<string, string | number>} */ headers,
  ) => {
    response.statusCode = status;
    for (const [name, value] of Object.entries(headers)) response.setHeader(name, value);
    return response;
  };
  const finish = (/** @type {string} */ body) => {
    const text = faults.reduce((now, { fault, state }) => misexported(now, fault, state), body);
    response.setHeader('content-length', Buffer.byteLength(text));
    Object.assign(response, { writeHead });
    return end(text, 'utf8');
  };
  Object.assign(response, { writeHead: begin, end: finish });
}
