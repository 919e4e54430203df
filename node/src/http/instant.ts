import { z } from 'zod';

/** A time in RFC 3339 as whole seconds, the unit of block time. */
export const instant = z.iso.datetime({ offset: true }).transform((text) => Math.floor(Date.parse(text) / 1000));
