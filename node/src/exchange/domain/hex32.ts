import { z } from 'zod';
import { isHex, type Hex } from '../../kernel/hex.js';

/** 32 bytes as lower-case hex. */
export const hex32 = z.custom<Hex>((value) => isHex(value, 32), 'not 0x and 64 lower-case hex digits');
