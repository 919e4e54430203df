import { Module } from '@nestjs/common';
import { Config, KeyFile } from '../config/index.js';
import { BulkCommitments } from './commitment/bulk-commitments.js';
import { DisclosedDocuments } from './disclosed-documents.js';
import { Profiles } from './profiles.js';
import { DocumentVault } from './vault/document-vault.js';
import { Excerpts } from './vault/excerpts.js';
import { KeyProvider } from './vault/key-provider.js';
import { openKeyProvider } from './vault/open-key-provider.js';
import { SealedTables } from './vault/sealed-tables.js';
import { VaultCipher } from './vault/vault-cipher.js';

/** The vault, and where disclosures by others are found; everything else in this room is pure and needs no module. */
@Module({
  providers: [
    {
      provide: KeyProvider,
      inject: [Config, KeyFile],
      useFactory: openKeyProvider,
    },
    {
      provide: VaultCipher,
      inject: [KeyProvider],
      useFactory: async (provider: KeyProvider) => new VaultCipher(await provider.load()),
    },
    SealedTables,
    { provide: Profiles, inject: [Config], useFactory: ({ profilesFile }: Config) => Profiles.fromFile(profilesFile) },
    BulkCommitments,
    DocumentVault,
    DisclosedDocuments,
    Excerpts,
  ],
  exports: [BulkCommitments, DisclosedDocuments, DocumentVault, Excerpts, Profiles, SealedTables, VaultCipher],
})
export class DocumentsModule {}
