// The usual stack for a lender's call: Nest on Express, TypeORM's findOneBy, ethers. Arguments: database URL, a file with
// the EIP-712 domain and types and the hash of the API key. Prints its port.
import 'reflect-metadata';
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { Controller, Get, Headers, Module, NotFoundException, Param, UnauthorizedException } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { StandardMerkleTree } from '@openzeppelin/merkle-tree';
import { verifyTypedData } from 'ethers';
import { DataSource, EntitySchema } from 'typeorm';

const [url, file] = process.argv.slice(2);
const { domain, types } = JSON.parse(readFileSync(file, 'utf8'));
const Order = new EntitySchema({
  name: 'Order',
  tableName: 'lender_orders',
  columns: {
    id: { type: 'text', primary: true },
    status: { type: 'text' },
    signer: { type: 'text' },
    root: { type: 'text' },
    consent: { type: 'jsonb' },
    disclosure: { type: 'jsonb' },
  },
});
const ApiKey = new EntitySchema({
  name: 'ApiKey',
  tableName: 'lender_keys',
  columns: { hash: { type: 'text', primary: true }, name: { type: 'text' } },
});
const source = await new DataSource({ type: 'postgres', url, entities: [Order, ApiKey], poolSize: 10 }).initialize();

class Orders {
  async verify(id, authorization = '') {
    const hash = createHash('sha256').update(authorization.replace('Bearer ', '')).digest('hex');
    if (!(await source.getRepository(ApiKey).findOneBy({ hash }))) throw new UnauthorizedException();
    const order = await source.getRepository(Order).findOneBy({ id });
    if (!order) throw new NotFoundException();
    const { value, signature } = order.consent;
    const signed = verifyTypedData(domain, types, value, signature).toLowerCase() === order.signer;
    const { leaf, proof } = order.disclosure;
    const disclosed = StandardMerkleTree.verify(order.root, ['bytes32', 'string', 'string'], leaf, proof);
    return { id, status: order.status, valid: signed && disclosed };
  }
}
Controller('orders')(Orders);
Get(':id/verification')(Orders.prototype, 'verify', Object.getOwnPropertyDescriptor(Orders.prototype, 'verify'));
Param('id')(Orders.prototype, 'verify', 0);
Headers('authorization')(Orders.prototype, 'verify', 1);
class App {}
Module({ controllers: [Orders] })(App);

const app = await NestFactory.create(App, { logger: false });
await app.listen(0, '127.0.0.1');
process.stdout.write(`${app.getHttpServer().address().port}\n`);
process.once('disconnect', () => process.exit(0));
