import { Module } from '@nestjs/common';
import { Config, KeyFile } from '../config/index.js';
import { DisclosedDocuments } from './disclosed-documents.js';
import { Profiles } from './profiles.js';
import { DocumentVault } from './vault/document-vault.js';
import { VaultCipher } from './vault/vault-cipher.js';

/** The vault, and where disclosures by others are found; everything else in this room is pure and needs no module. */
@Module({
  providers: [
    {
      provide: VaultCipher,
      inject: [KeyFile],
      useFactory: ({ keys }: KeyFile) => new VaultCipher(keys.vault),
    },
    { provide: Profiles, inject: [Config], useFactory: ({ profilesFile }: Config) => Profiles.fromFile(profilesFile) },
    DocumentVault,
    DisclosedDocuments,
  ],
  exports: [DisclosedDocuments, DocumentVault, Profiles, VaultCipher],
})
export class DocumentsModule {}
