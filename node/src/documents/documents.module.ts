import { Module } from '@nestjs/common';
import { Config, readMemberKeys } from '../config/index.js';
import { DocumentVault } from './vault/document-vault.js';
import { VaultCipher } from './vault/vault-cipher.js';

/** The vault; everything else in this room is pure and needs no module. */
@Module({
  providers: [
    {
      provide: VaultCipher,
      inject: [Config],
      useFactory: ({ keysFile }: Config) => new VaultCipher(readMemberKeys(keysFile).vault),
    },
    DocumentVault,
  ],
  exports: [DocumentVault],
})
export class DocumentsModule {}
