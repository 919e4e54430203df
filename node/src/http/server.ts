export { createAdapter } from './adapter.js';
export { configureHttp } from './configure.js';
