/** In a browser there is nothing to require: what is optional is done without. */
export function createRequire() {
  return () => {
    throw new Error('there are no native modules in a browser');
  };
}
