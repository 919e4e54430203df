// Transforms as tests do, but for one mutant: the file that TRADEPROOF_MUTANT_TEXT names has another text between two places.
import swcJest from '@swc/jest';

const mutant = JSON.parse(process.env.TRADEPROOF_MUTANT_TEXT ?? 'null');

const mutated = (source, path) =>
  mutant && path.endsWith(`/${mutant.file}`)
    ? source.slice(0, mutant.from) + mutant.text + source.slice(mutant.to)
    : source;

export default {
  createTransformer(options) {
    const swc = swcJest.createTransformer(options);
    const over = (name) => (source, path, more) => swc[name](mutated(source, path), path, more);
    return {
      ...swc,
      process: over('process'),
      processAsync: over('processAsync'),
      getCacheKey: over('getCacheKey'),
    };
  },
};
