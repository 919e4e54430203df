import { type DynamicModule, Global, Module } from '@nestjs/common';
import { Config } from './config.js';
import { KeyFile } from './key-file.js';

/** Gives each room the same frozen settings. */
@Global()
@Module({})
export class ConfigModule {
  static with(config: Config): DynamicModule {
    const providers = [
      { provide: Config, useValue: config },
      { provide: KeyFile, useValue: new KeyFile(config) },
    ];
    return { module: ConfigModule, providers, exports: [Config, KeyFile] };
  }
}
