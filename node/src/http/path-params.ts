import type { PipeTransform } from '@nestjs/common';
import { requestInvalid } from '../errors/index.js';

/** Of what was sent, so much is quoted. */
const QUOTED = 40;
/** Digits that a JavaScript number and a bigint of the database both hold. */
const WHOLE = /^\d{1,15}$/;
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** For `@Param(name, wholeParam)`: a number of something. Throws REQUEST_INVALID, naming the parameter and what it is to be. */
export const wholeParam = pathParam('a whole number', (text) => (WHOLE.test(text) ? Number(text) : undefined));

/** The same for an id of this node's own. */
export const uuidParam = pathParam('a UUID', (text) => (UUID.test(text) ? text : undefined));

function pathParam<T>(expected: string, read: (text: string) => T | undefined): PipeTransform<string, T> {
  return {
    transform(text, { data: parameter }) {
      const value = read(text);
      if (value !== undefined) return value;
      const sent = text.length > QUOTED ? `${text.slice(0, QUOTED)}…` : text;
      throw requestInvalid(`${parameter} in the path is ${expected}`, { parameter, sent, expected });
    },
  };
}
