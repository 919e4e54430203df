import { defineProblem } from '../../kernel/problem.js';

const problem = (code: string, title: string, status = 422) =>
  defineProblem({ code: `DOCUMENT_${code}`, status, title });

export const malformed = problem('MALFORMED', 'The document is not well-formed', 400);
export const tooLarge = problem('TOO_LARGE', 'The document is larger than is taken here', 413);
export const tooDeep = problem('TOO_DEEP', 'The document is nested deeper than is taken here');
export const doctypeRefused = problem('DOCTYPE_REFUSED', 'Documents with a document type declaration are not taken');
export const encodingUnsupported = problem(
  'ENCODING_UNSUPPORTED',
  'The document is in an encoding that is not taken here',
);
export const mediaTypeUnsupported = problem('MEDIA_TYPE_UNSUPPORTED', 'No kind of document has this media type', 415);
export const kindUnsupported = problem('KIND_UNSUPPORTED', 'Documents of this kind are not taken here');
export const repeatedKey = problem('REPEATED_KEY', 'A name occurs twice where it may occur once');
export const textInvalid = problem('TEXT_INVALID', 'Text that has no canonical form');
export const fieldMissing = problem('FIELD_MISSING', 'The document lacks a value that its kind must have');
export const fieldInvalid = problem('FIELD_INVALID', 'A value of the document is not of its type');
