import { z } from 'zod';
import type { Hex } from '../../node/src/kernel/hex.js';
import { defineNews, type NewsItem } from '../../node/src/kernel/news.js';

const kinds = new Map<string, (object?: Hex) => NewsItem>();

/**
 * News of a kind that a test makes up, from then on one that can be asked for by name. Beware: not one that a room defines. Modules are
 * one for all files of a worker, and the room of that name would be refused.
 */
export function testNews(type: string, object?: Hex): NewsItem {
  let kind = kinds.get(type);
  if (!kind) {
    const make = defineNews(type, z.object({}));
    kind = (about) => make({ object: about, data: {} });
    kinds.set(type, kind);
  }
  return kind(object);
}
