/**
 * jest's own resolution, and nothing else: what counts is that there is an `async`. Without one jest first tries to link a
 * test's modules in one turn, begins anew at each module above a top-level await (our hashes and libxml2 are WebAssembly),
 * and compiles each module five times over. Not needed once jest links such modules as well (jestjs/jest#16394).
 */
export const sync = (path, options) => options.defaultResolver(path, options);
export { sync as async };
