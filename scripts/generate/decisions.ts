import { readdirSync, readFileSync } from 'node:fs';
import { settle } from '../lib/generated.js';

const FOLDER = 'docs/adr';

const INTRODUCTION = `# Decisions

One page a decision: what was decided, why, what it costs. A decision that is replaced stays, and names its successor. Numbers that are
missing were never given.

Generated from the pages' headings; \`npm run generate\`.

| nr | decision |
|---|---|
`;

/** The list of decisions, from the heading of each page. Throws for a page whose heading is not \`# number title\`, the number as in its name. */
const rows = readdirSync(FOLDER)
  .filter((name) => /^\d{4}-.*\.md$/.test(name))
  .sort()
  .map((name) => {
    const [, number, title] = /^# (\d{4}) (\S.*)\n/.exec(readFileSync(`${FOLDER}/${name}`, 'utf8')) ?? [];
    if (!title || !name.startsWith(`${number}-`))
      throw new Error(`${FOLDER}/${name} does not begin with its number and title`);
    return `| [${number}](${name}) | ${title} |\n`;
  });

settle({ [`${FOLDER}/README.md`]: INTRODUCTION + rows.join('') });
