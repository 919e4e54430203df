import type { PipeTransform } from '@nestjs/common';
import { z } from 'zod';
import { requestInvalid } from '../errors/index.js';

/** Of what was sent, so much is quoted. */
const QUOTED = 40;
/** Digits that a JavaScript number and a bigint of the database both hold. */
const WHOLE = /^\d{1,15}$/;
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** For `@Param(name, wholeParam)`: a number of something. Throws REQUEST_INVALID, naming the parameter and what it is to be. */
export const wholeParam = pathParam('a whole number', { type: 'integer', minimum: 0 }, (text) =>
  WHOLE.test(text) ? Number(text) : undefined,
);

/** The same for an id of this node's own. */
export const uuidParam = pathParam('a UUID', { type: 'string', format: 'uuid' }, (text) =>
  UUID.test(text) ? text : undefined,
);

interface PathParam<T> {
  readonly schema: z.ZodAny;
  readonly pipes: [PipeTransform<string, T>];
}

/** `described` is for readers of the API alone: as a schema that refuses it would say neither the parameter's name nor what was sent. */
function pathParam<T>(
  expected: string,
  described: Readonly<Record<string, unknown>>,
  read: (text: string) => T | undefined,
): PathParam<T> {
  const pipe: PipeTransform<string, T> = {
    transform(text, { data: parameter }) {
      const value = read(text);
      if (value !== undefined) return value;
      const sent = text.length > QUOTED ? `${text.slice(0, QUOTED)}…` : text;
      throw requestInvalid(`${parameter} in the path is ${expected}`, { parameter, sent, expected });
    },
  };
  return { schema: z.any().meta(described), pipes: [pipe] };
}
