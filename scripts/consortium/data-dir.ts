import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { writeWhole } from '../lib/write-whole.js';

/** Where everything of one embedded consortium lies. */
export class DataDir {
  readonly root: string;

  constructor(root = process.env['TRADEPROOF_DATA_DIR'] ?? '.data') {
    this.root = resolve(root);
  }

  readonly path = (...parts: string[]): string => join(this.root, ...parts);
  readonly node = (name: string, ...parts: string[]): string => this.path('nodes', name, ...parts);

  get consortium(): string {
    return this.path('consortium.json');
  }

  get trust(): string {
    return this.path('consortium-trust.json');
  }

  get deployment(): string {
    return this.path('deployment.json');
  }

  read<T>(path: string): T | undefined {
    return existsSync(path) ? (JSON.parse(readFileSync(path, 'utf8')) as T) : undefined;
  }

  /** Whole or not at all, readable by its owner alone. */
  write(path: string, value: unknown): void {
    mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
    writeWhole(path, typeof value === 'string' ? value : `${JSON.stringify(value, null, 2)}\n`, 0o600);
  }

  remove(path: string): void {
    rmSync(path, { force: true });
  }
}
