import { Injectable } from '@nestjs/common';
import { KeyFile } from '../../config/index.js';
import { AtRest } from '../../kernel/at-rest.js';
import type { Slot } from './slot.js';

/** Encrypts kept answers, which may show a document, under a key of the member's own. */
@Injectable()
export class AnswerCipher {
  private atRest?: AtRest;

  constructor(private readonly keyFile: KeyFile) {}

  seal(slot: Pick<Slot, 'credential' | 'route' | 'key'>, text: string): Buffer {
    return this.cipher().encrypt(rowOf(slot), text);
  }

  /** Throws when the row was altered or is another one's. */
  open(slot: Pick<Slot, 'credential' | 'route' | 'key'>, sealed: Buffer): string {
    return this.cipher().decrypt(rowOf(slot), sealed);
  }

  // The key file is read when the first answer is kept: a process without commands needs none.
  private cipher(): AtRest {
    return (this.atRest ??= new AtRest(this.keyFile.keys.vault, 'http'));
  }
}

const rowOf = ({ credential, route, key }: Pick<Slot, 'credential' | 'route' | 'key'>): string =>
  [credential, route, key].join('\n');
