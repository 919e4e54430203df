import { Module } from '@nestjs/common';
import { Config, KeyFile } from '../config/index.js';
import { DisclosedDocuments } from './disclosed-documents.js';
import { Profiles } from './profiles.js';
import { CommandProvider } from './vault/command-provider.js';
import { DocumentVault } from './vault/document-vault.js';
import { KeyProvider } from './vault/key-provider.js';
import { KeystoreProvider } from './vault/keystore-provider.js';
import { SealedTables } from './vault/sealed-tables.js';
import { VaultCipher } from './vault/vault-cipher.js';

/** The vault, and where disclosures by others are found; everything else in this room is pure and needs no module. */
@Module({
  providers: [
    {
      provide: KeyProvider,
      inject: [Config, KeyFile],
      useFactory: ({ nodeKeyCommand }: Config, file: KeyFile) =>
        nodeKeyCommand ? new CommandProvider(nodeKeyCommand, file.keys.vault) : new KeystoreProvider(file),
    },
    {
      provide: VaultCipher,
      inject: [KeyProvider],
      useFactory: async (provider: KeyProvider) => new VaultCipher(await provider.load()),
    },
    SealedTables,
    { provide: Profiles, inject: [Config], useFactory: ({ profilesFile }: Config) => Profiles.fromFile(profilesFile) },
    DocumentVault,
    DisclosedDocuments,
  ],
  exports: [DisclosedDocuments, DocumentVault, Profiles, SealedTables, VaultCipher],
})
export class DocumentsModule {}
