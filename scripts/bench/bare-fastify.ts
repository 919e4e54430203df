import fastify from 'fastify';
import pg from 'pg';

/**
 * The peer of reads.registry: nothing but Fastify and a prepared statement for the same rows, without authentication,
 * limits, headers or logs. Arguments: database URL. Prints its port.
 */
const [databaseUrl = ''] = process.argv.slice(2);
const pool = new pg.Pool({ connectionString: databaseUrl, max: 8 });
const app = fastify();
app.get('/orders/:id', async (incoming) => {
  const { id } = incoming.params as { id: string };
  const { rows } = await pool.query({
    name: 'order',
    text: `SELECT '0x' || encode(id, 'hex') AS id, buyer, supplier, status, version, '0x' || encode(commitment, 'hex') AS commitment
           FROM chain_orders WHERE id = $1`,
    values: [Buffer.from(id.slice(2), 'hex')],
  });
  return rows[0];
});
await app.listen({ port: 0, host: '127.0.0.1' });
process.stdout.write(`${(app.server.address() as { port: number }).port}\n`);
process.once('disconnect', () => process.exit(0));
