import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Patient } from '../patient.js';
import { askStanding } from './ask-standing.js';

it('reads no more of a place that answers without end than a standing may have', async () => {
  const server = createServer((_, answer) => {
    const more = setInterval(() => answer.write('x'.repeat(32 * 1024)), 5);
    answer.on('close', () => clearInterval(more));
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const patient = { config: {} } as unknown as Patient;
  try {
    await expect(askStanding(patient, { member: 2, endpoint })).rejects.toThrow('an answer of over 65536 bytes');
  } finally {
    server.close();
  }
});
