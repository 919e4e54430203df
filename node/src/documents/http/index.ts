export { incomingDocument, requiredDocument } from './incoming-document.js';
export { jsonBody } from './json-body.js';
export { splitJson } from './split-json.js';
export { TakesDocument } from './takes-document.js';
