import { describe, expect, it } from 'vitest';
import { hrefOf } from '../../../src/report/html/client/live/links.ts';
import { livePage, livePolicy } from '../../../src/report/html/live/page.ts';

const ASSETS = { script: 'look()', styles: 'p {}' };
const PAGE = { stackName: '<b>mine</b>', speed: 60, ownPages: [], assets: ASSETS };

describe('the page of a stack that is up', () => {
  it('escapes what it is told, and runs its own script alone', () => {
    const page = livePage(PAGE);
    expect(page).toContain('<title>&lt;b&gt;mine&lt;/b&gt; is up</title>');
    expect(livePolicy(ASSETS)).toMatch(/^default-src 'none'; script-src 'sha256-[^']+'; /);
    expect(livePolicy(ASSETS)).toContain("connect-src 'self'");
  });
  it("leads to a program's own page where it has one", () => {
    const own = { name: 'Prometheus', url: 'http://127.0.0.1:9090', host: 'prometheus:9090' };
    expect(livePage({ ...PAGE, ownPages: [own] })).toContain('href="http://127.0.0.1:9090"');
    expect(livePage(PAGE)).not.toContain('Prometheus ↗');
  });
  it('says how durations are meant, where that is a question', () => {
    expect(livePage(PAGE)).toContain('divided by 60');
    expect(livePage({ ...PAGE, speed: 1 })).not.toContain('divided by');
  });
});

describe('an address in a message', () => {
  const hosts = { 'prometheus:9090': 'http://127.0.0.1:40123' };
  it.each([
    ['https://runbooks.example/disk', 'https://runbooks.example/disk'],
    ['http://prometheus:9090/graph?g0.expr=up', 'http://127.0.0.1:40123/graph?g0.expr=up'],
    ['http://grafana:3000/d/x', null],
    ['http://', null],
    ['javascript:alert(1)', null],
  ])('%s leads to %s', (address, href) => expect(hrefOf(address, hosts)).toBe(href));
});
