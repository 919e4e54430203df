import { AsyncLocalStorage } from 'node:async_hooks';

type Load<Row> = (keys: readonly string[]) => Promise<readonly Row[]>;

/** What is being gathered of one lookup: its keys so far, and the rows that they will bring. */
interface Gathering {
  readonly keys: Set<string>;
  readonly rows: Promise<ReadonlyMap<string, readonly unknown[]>>;
  /** Has it go out without waiting for the statement before. */
  readonly go: () => void;
}

/** For so long (ms) a shared statement waits for the one before: small ones take less, and what is large holds up nobody for longer. */
const PATIENCE_MS = 50;

const lists = new AsyncLocalStorage<Map<unknown, Gathering>>();

/** How callers who know nothing of one another share statements. */
export interface Sharing {
  /** Whether the caller is in a unit of work: it sees rows that others must not, and shares nothing. */
  readonly inUnit: () => boolean;
  /** Most keys of a statement that is shared, so that none waits long for others' rows. */
  readonly most: number;
}

/**
 * Runs `fn` for all items at once, and has the lookups that they make at the same time go out as one statement each: a
 * list of a hundred asks the database as often as one of its items. Not within a unit of work that `fn` itself begins.
 */
export function together<T, R>(items: readonly T[], fn: (item: T) => Promise<R>): Promise<R[]> {
  return lists.run(new Map(), () => Promise.all(items.map(fn)));
}

/** Rows by the keys that they belong to. Within {@link together}, calls of one turn of the event loop share a statement. */
export class Lookup<Key extends string, Row> {
  /** What is gathered outside of lists. */
  private readonly common = new Map<unknown, Gathering>();
  /** Ends with the statement that was begun for it last. */
  private commonTurn: Promise<unknown> = Promise.resolve();

  /**
   * `load` gives the rows of many keys, those of a key in their order; a row may belong to several. With `sharing`, callers of one turn
   * share a statement, whichever requests they are of, and those who come while it is under way share the next one: the more there
   * are, the less each costs, and a row is never older than the question. One that is full waits for none, and none waits long.
   */
  constructor(
    private readonly load: (keys: readonly Key[]) => Promise<readonly Row[]>,
    private readonly keysOf: (row: Row) => Key | readonly Key[],
    private readonly sharing?: Sharing,
  ) {}

  /**
   * Each row once, those of a key in their order; of keys that are asked for twice once. Asks nothing for no keys. A key must be
   * as rows write it: what a statement cannot take fails for all who share it.
   */
  async of(keys: readonly Key[]): Promise<readonly Row[]> {
    if (keys.length === 0) return [];
    const gathered = lists.getStore() ?? this.commonFor(keys);
    if (!gathered) return this.load(keys);
    const open = gathered.get(this) ?? this.begin(gathered);
    for (const key of keys) open.keys.add(key);
    const rows = await open.rows;
    return [...new Set([...new Set(keys)].flatMap((key) => (rows.get(key) ?? []) as Row[]))];
  }

  private commonFor(keys: readonly Key[]): Map<unknown, Gathering> | undefined {
    if (!this.sharing || this.sharing.inUnit() || keys.length > this.sharing.most) return undefined;
    const open = this.common.get(this);
    if (open && open.keys.size + newTo(open, keys) > this.sharing.most) {
      this.common.delete(this);
      open.go();
    }
    return this.common;
  }

  private begin(gathered: Map<unknown, Gathering>): Gathering {
    const keys = new Set<string>();
    const shared = gathered === this.common;
    const { promise: told, resolve: go } = Promise.withResolvers<void>();
    const rows = (shared ? this.turnOr(told).then(nextTurn) : nextTurn()).then(async () => {
      if (gathered.get(this) === gathering) gathered.delete(this);
      return this.byKey(await (this.load as Load<Row>)([...keys]));
    });
    // Never the rows themselves: nobody would let go of the last ones.
    if (shared) this.commonTurn = rows.then(nothing, nothing);
    const gathering: Gathering = { keys, rows, go };
    gathered.set(this, gathering);
    return gathering;
  }

  /** The end of the statement before, or what comes sooner. */
  private async turnOr(told: Promise<void>): Promise<void> {
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<void>((resolve) => (timer = setTimeout(resolve, PATIENCE_MS)));
    await Promise.race([this.commonTurn, told, late]);
    clearTimeout(timer);
  }

  private byKey(rows: readonly Row[]): Map<string, Row[]> {
    const byKey = new Map<string, Row[]>();
    for (const row of rows) {
      for (const key of [this.keysOf(row)].flat() as Key[]) {
        const own = byKey.get(key);
        if (own) own.push(row);
        else byKey.set(key, [row]);
      }
    }
    return byKey;
  }
}

const nothing = () => undefined;

/** Of the event loop: all that is ready now runs before. */
const nextTurn = () => new Promise<void>((resolve) => setImmediate(resolve));

const newTo = ({ keys: open }: Gathering, keys: readonly string[]): number =>
  keys.reduce((count, key) => (open.has(key) ? count : count + 1), 0);
