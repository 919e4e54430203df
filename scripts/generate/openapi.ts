import 'reflect-metadata';
import { Config } from '../../node/src/config/index.js';
import { createApp } from '../../node/src/create-app.js';
import { describeApi } from '../../node/src/http/index.js';
import { json, settle } from '../lib/generated.js';

// Nothing is connected to: a preview builds the graph of modules and no provider in it.
const config = Config.fromEnvironment({
  TRADEPROOF_MEMBER: 'generator',
  TRADEPROOF_DATABASE_URL: 'postgres://127.0.0.1/none',
  TRADEPROOF_RPC_URLS: 'http://127.0.0.1',
  TRADEPROOF_CHAIN_ID: '1',
  TRADEPROOF_DEPLOYMENT: 'none',
  TRADEPROOF_KEYS_FILE: 'none',
  TRADEPROOF_LOG_LEVEL: 'silent',
});

const app = await createApp(config, { preview: true });
settle({ 'test/snapshots/openapi.json': json(describeApi(app)) });
