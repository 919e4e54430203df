export { endRequestSpan, spanned, startRequestSpan, withSpan } from './spans.js';
export { TracingModule } from './tracing.module.js';
