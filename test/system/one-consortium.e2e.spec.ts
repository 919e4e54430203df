import { RunningConsortium } from '../support/running-consortium.js';
import { hostile } from './suites/hostile.js';
import { once } from './suites/once.js';
import { samples } from './suites/samples.js';

// One for all of them, one after another: to start another takes half a minute of a processor.
let consortium: RunningConsortium;

beforeAll(async () => {
  consortium = await new RunningConsortium().start();
});

afterAll(() => consortium?.destroy());

describe('public documents', () => samples(() => consortium));
describe('whoever asks', () => hostile(() => consortium));
// The last one, since it moves the chain's time.
describe('what is done once', () => once(() => consortium));
