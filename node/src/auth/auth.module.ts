import { Global, Module } from '@nestjs/common';
import { DiscoveryModule, MetadataScanner } from '@nestjs/core';
import { AccessMap } from './access-map.js';
import { ApiKeyRoutes } from './api-keys.routes.js';
import { ApiKeyStore } from './api-key.store.js';
import { ApiKeys } from './api-keys.js';
import { Authenticator } from './authenticator.js';
import { BootstrapKey } from './bootstrap-key.js';
import { Gate } from './gate.js';
import { KeyLineage } from './key-lineage.js';
import { Oidc } from './oidc.js';

/** Who calls, and what they may. */
@Global()
@Module({
  imports: [DiscoveryModule],
  controllers: [ApiKeyRoutes],
  providers: [AccessMap, ApiKeyStore, ApiKeys, Authenticator, BootstrapKey, Gate, KeyLineage, MetadataScanner, Oidc],
  exports: [AccessMap, Gate, KeyLineage],
})
export class AuthModule {}
