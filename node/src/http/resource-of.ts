/** A segment that names which one: `:id` in a route, `{id}` in a description. */
const NAMES = /^[:{]/;

/**
 * The path of the resource that a write is about, among a route's or description's own: `/v1/orders/:id/acceptance` is about
 * `/v1/orders/:id`. It is the first that names one of its kind and that `isRead` says a GET answers; undefined for a write that
 * is about no such resource.
 */
export function resourceOf(route: string, isRead: (path: string) => boolean): string | undefined {
  const segments = route.split('/');
  const named = segments.flatMap((segment, i) => (NAMES.test(segment) ? [segments.slice(0, i + 1).join('/')] : []));
  return named.find(isRead);
}
