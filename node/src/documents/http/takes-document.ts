import { applyDecorators } from '@nestjs/common';
import { ApiBody, ApiConsumes } from '@nestjs/swagger';

/** Describes a body that is a document in one of the forms taken, or JSON with the document among other members. */
export const TakesDocument = (description: string, ...more: string[]) =>
  applyDecorators(
    ApiConsumes('application/xml', 'application/json', ...more),
    ApiBody({
      description,
      schema: { type: 'object', properties: { document: { type: 'object', additionalProperties: true } } },
    }),
  );
