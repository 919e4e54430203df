export type { Field } from '../../kernel/disclosure.js';
