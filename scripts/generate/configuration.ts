import { z } from 'zod';
import { configSchema, FROM_FILES, variableOf } from '../../node/src/config/index.js';
import { settle } from '../lib/generated.js';
import { table } from '../lib/markdown.js';

const INTRODUCTION = `# Configuration

A node reads its settings from the environment, once, at start; it refuses to start on a faulty one and names it. Lists are
separated by commas. Key files must be readable by their owner only. What holds credentials may lie in a file, which a variable with
\`_FILE\` after its name names: ${FROM_FILES.map((name) => `\`${variableOf(name)}_FILE\``).join(', ')}.

Generated from node/src/config/schema.ts; \`npm run generate\`.
`;

interface Form {
  type?: string;
  enum?: string[];
  items?: { enum?: string[] };
  minimum?: number;
  exclusiveMinimum?: number;
  maximum?: number;
}

/** What the variable's text must be, in a few words. A flag is described by its text, for what it becomes has no schema. */
function formOf(schema: z.ZodType): string {
  const convert = (io: 'input' | 'output') => z.toJSONSchema(schema, { io, unrepresentable: 'any' }) as Form;
  const output = convert('output');
  const form = output.type ? output : convert('input');
  const choices = form.enum ?? form.items?.enum;
  if (choices) return `${form.items ? 'list of ' : ''}${choices.map((choice) => `\`${choice}\``).join(', ')}`;
  if (form.type === 'integer') return rangeOf(form);
  return form.type === 'array' ? 'list' : 'text';
}

function rangeOf({ minimum, exclusiveMinimum, maximum }: Form): string {
  const least = exclusiveMinimum === undefined ? (minimum ?? 0) : exclusiveMinimum + 1;
  return `integer, ${least}${maximum === undefined || maximum === Number.MAX_SAFE_INTEGER ? ' or more' : ` to ${maximum}`}`;
}

function defaultOf(schema: z.ZodType): string {
  const absent = schema.safeParse(undefined);
  if (!absent.success) return 'required';
  const text = String(absent.data ?? '');
  return text && `\`${text}\``;
}

const rows = Object.entries(configSchema.shape).map(([name, schema]) => [
  `\`${variableOf(name)}\``,
  formOf(schema),
  defaultOf(schema),
  schema.description ?? '',
]);

settle({ 'docs/configuration.md': `${INTRODUCTION}\n${table(['variable', 'form', 'default', 'meaning'], rows)}` });
