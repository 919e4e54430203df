import { StandardSchemaValidationPipe } from '@nestjs/common';
import { requestInvalid } from '../errors/index.js';

/** Faults named in one refusal; a body with thousands names the first. */
const MAX_FAULTS = 20;

type Path = readonly (PropertyKey | { readonly key: PropertyKey })[] | undefined;

/** Validates what has a `schema` in its decorator; REQUEST_INVALID names each faulty field, as a JSON Pointer. */
export function validationPipe(): StandardSchemaValidationPipe {
  return new StandardSchemaValidationPipe({
    exceptionFactory: (issues) =>
      requestInvalid('see the faults', {
        faults: issues.slice(0, MAX_FAULTS).map(({ path, message }) => ({ pointer: pointerOf(path), message })),
      }),
  });
}

function pointerOf(path: Path): string {
  const keys = (path ?? []).map((part) => String(typeof part === 'object' ? part.key : part));
  return keys.map((key) => `/${key.replaceAll('~', '~0').replaceAll('/', '~1')}`).join('');
}
