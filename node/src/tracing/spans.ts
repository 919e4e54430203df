import {
  type Attributes,
  context,
  isSpanContextValid,
  propagation,
  type Span,
  SpanKind,
  SpanStatusCode,
  trace,
} from '@opentelemetry/api';

const tracer = () => trace.getTracer('tradeproof');

/** Runs `work` within a span of its own. What it rejects with is noted by its class or code, never by its message. */
export async function spanned<T>(name: string, attributes: Attributes, work: () => Promise<T>): Promise<T> {
  return tracer().startActiveSpan(name, { attributes }, async (span) => {
    try {
      return await work();
    } catch (error) {
      const { code, constructor } = error as { code?: unknown; constructor: { name: string } };
      span.setStatus({ code: SpanStatusCode.ERROR, message: String(code ?? constructor.name) });
      throw error;
    } finally {
      span.end();
    }
  });
}

/** The span of a request that came in; a child of the caller's when its headers say so. Undefined without a collector. */
export function startRequestSpan(headers: Readonly<Record<string, unknown>>, name: string): Span | undefined {
  const parent = propagation.extract(context.active(), headers);
  const span = tracer().startSpan(name, { kind: SpanKind.SERVER }, parent);
  return isSpanContextValid(span.spanContext()) ? span : undefined;
}

/** Runs `fn` so that what it starts belongs to the span. */
export function withSpan<T>(span: Span | undefined, fn: () => T): T {
  return span ? context.with(trace.setSpan(context.active(), span), fn) : fn();
}

/** Ends a request's span with what became of it; 5xx are the server's fault. */
export function endRequestSpan(span: Span, attributes: Attributes & { 'http.response.status_code': number }): void {
  span.setAttributes(attributes);
  if (attributes['http.response.status_code'] >= 500) span.setStatus({ code: SpanStatusCode.ERROR });
  span.end();
}
