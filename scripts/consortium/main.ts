import { fileURLToPath } from 'node:url';
import { relative } from 'node:path';
import { whole } from '../lib/whole.js';
import { Consortium, type ConsortiumFile } from './consortium.js';
import { DataDir } from './data-dir.js';
import { MEMBERS } from './members.js';

const say = (text: string) => process.stdout.write(`tradeproof: ${text}\n`);

function table(file: ConsortiumFile): string {
  const rows = file.members.map((member) => {
    const title = MEMBERS.find(({ name }) => name === member.name)?.title ?? member.role;
    return `  ${member.name.padEnd(11)} ${title.padEnd(17)} ${member.url.padEnd(23)} ${member.apiKey}`;
  });
  return [`  ${'member'.padEnd(11)} ${'role'.padEnd(17)} ${'listens at'.padEnd(23)} API key`, ...rows].join('\n');
}

/** `npm start`: the embedded consortium in the foreground, until Ctrl-C. */
async function main(): Promise<void> {
  const startedAt = Date.now();
  const dir = new DataDir();
  const basePort = whole(process.env['TRADEPROOF_BASE_PORT'] ?? '4400', 'TRADEPROOF_BASE_PORT');
  const consortium = new Consortium(dir, basePort, say);

  let stopping: Promise<never> | undefined;
  const stop = (code: number, why?: string) => {
    if (why && !stopping) say(why);
    stopping ??= consortium.stop().then(() => process.exit(code));
  };
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => stop(0));
  process.on('disconnect', () => stop(0)); // whoever started this is gone

  try {
    const file = await consortium.start();
    const seconds = ((Date.now() - startedAt) / 1000).toFixed(1);
    const demo = `chain at ${file.rpcUrl} (chain id ${file.chainId}); all of it in ${relative(process.cwd(), dir.root) || dir.root}`;
    process.stdout.write(
      `\n${table(file)}\n\n  ${demo}\n  Try it: npm run demo, or open ${file.members[0]!.url}/docs\n\n`,
    );
    say(`ready after ${seconds} s; Ctrl-C stops everything, the data stays`);
  } catch (error) {
    stop(1, (error as Error).message);
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url))
  await main().catch((error: Error) => {
    say(error.message);
    process.exitCode = 1;
  });
