import { mkdtemp, rm } from 'node:fs/promises';
import { X509Certificate } from 'node:crypto';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { addresses, hostsFile } from '../../src/run/addresses.ts';
import { readCertificate, writeCertificate } from '../../src/run/certificate.ts';
import { samplePlan } from '../report/samples.ts';

it("a service's own name leads to the receiver that stands in for it, under its certificate", async () => {
  const plan = samplePlan();
  const own = addresses(plan);
  expect(own['hooks.slack.com']).toBe(own['slack']);
  expect(hostsFile(plan)).toContain(`${own['slack']} hooks.slack.com\n`);
  const dir = await mkdtemp(join(tmpdir(), 'gtv-certificate-'));
  try {
    await writeCertificate(dir);
    const { cert } = await readCertificate(dir);
    const certificate = new X509Certificate(cert);
    expect(certificate.checkHost('hooks.slack.com')).toBe('hooks.slack.com');
    // Also for a machine whose clock is set back an hour after it was made.
    expect(Date.parse(certificate.validFrom)).toBeLessThan(Date.now() - 3_600_000);
  } finally {
    await rm(dir, { recursive: true });
  }
});
