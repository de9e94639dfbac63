import { join } from 'node:path';
import type { RunningTechnology } from '../running.ts';

export const running: RunningTechnology = {
  processes: {
    // Go reads its trusted certificates from SSL_CERT_FILE: the receivers' certificate is verified,
    // not skipped.
    alertmanager: ({ runDir }, { listen }) => ({
      command: '/usr/bin/prometheus-alertmanager',
      args: [
        '--config.file=/etc/alertmanager/alertmanager.yml',
        `--storage.path=${join(runDir, 'data', 'alertmanager')}`,
        `--web.listen-address=${listen}`,
        '--cluster.listen-address=',
      ],
      env: { SSL_CERT_FILE: join(runDir, 'tls', 'cert.pem') },
    }),
  },
};
