import { ModuleMocker } from 'jest-mock';

/** What specs import from `@jest/globals`: spies. Fake timers and mocked modules are not to be had (ADR 0086). */
export const jest = new ModuleMocker(globalThis);
