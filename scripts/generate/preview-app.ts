import type { INestApplication } from '@nestjs/common';
import { Config } from '../../node/src/config/index.js';
import { createApp } from '../../node/src/create-app.js';

/** The node's graph of modules and no provider in it: nothing is connected to. */
export function previewApp(): Promise<INestApplication> {
  const config = Config.fromEnvironment({
    TRADEPROOF_MEMBER: 'generator',
    TRADEPROOF_DATABASE_URL: 'postgres://127.0.0.1/none',
    TRADEPROOF_RPC_URLS: 'http://127.0.0.1',
    TRADEPROOF_CHAIN_ID: '1',
    TRADEPROOF_DEPLOYMENT: 'none',
    TRADEPROOF_KEYS_FILE: 'none',
    TRADEPROOF_LOG_LEVEL: 'silent',
  });
  return createApp(config, { preview: true });
}
