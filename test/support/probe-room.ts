import { randomUUID } from 'node:crypto';
import {
  type BeforeApplicationShutdown,
  Body,
  Controller,
  Delete,
  Get,
  Header,
  Injectable,
  Module,
  Param,
  Post,
  Query,
  RawBody,
} from '@nestjs/common';
import { z } from 'zod';
import { Allow, Caller, type Principal, Public } from '../../node/src/auth/index.js';
import { UnitOfWork } from '../../node/src/database/index.js';
import {
  type Accepted,
  accepted,
  type Done,
  done,
  type Head,
  INDEX_HEAD,
  type IndexHeadPort,
  Loads,
  SUBMISSION_WAITER,
  type SubmissionOutcome,
  type SubmissionWaiter,
} from '../../node/src/http/index.js';
import { defineProblem } from '../../node/src/kernel/problem.js';

const probeRefused = defineProblem({ code: 'PROBE_REFUSED', status: 409, title: 'The probe refuses', rule: '6' });
const probeNotHere = defineProblem({ code: 'PROBE_NOT_HERE', status: 409, title: 'Not here yet', passing: true });
const probeMissing = defineProblem({ code: 'PROBE_MISSING', status: 404, title: 'There is no such probe' });

const body = z.strictObject({ text: z.string().max(1_000_000), count: z.int().positive().default(1) });

const options = z.object({ label: z.string().optional() });

/** Stands for the submissions room: a test says what becomes of each. */
@Injectable()
export class ProbeSubmissions implements SubmissionWaiter {
  readonly outcomes = new Map<string, SubmissionOutcome>();
  private readonly waiting = new Set<() => void>();

  /** How many wait for an end now. */
  get waiters(): number {
    return this.waiting.size;
  }

  settle(id: string, outcome: Omit<SubmissionOutcome, 'settled'>): void {
    this.outcomes.set(id, { ...outcome, settled: true });
    for (const wake of this.waiting) wake();
  }

  async waitFor(id: string, ms: number): Promise<SubmissionOutcome> {
    const known = () => this.outcomes.get(id) ?? { status: 'QUEUED' as const, settled: false };
    for (const end = Date.now() + ms; !known().settled && Date.now() < end;) {
      await new Promise<void>((resolve) => {
        const wake = () => (clearTimeout(timer), this.waiting.delete(wake), resolve());
        const timer = setTimeout(wake, end - Date.now());
        this.waiting.add(wake);
      });
    }
    return known();
  }
}

/** Stands for the indexer. */
@Injectable()
export class ProbeHead implements IndexHeadPort {
  head: Head = { number: 7, hash: `0x${'ab'.repeat(32)}`, timestamp: 1_795_000_000 };

  current(): Head {
    return this.head;
  }

  async waitFor(block: number, ms: number): Promise<boolean> {
    for (const end = Date.now() + ms; this.head.number < block && Date.now() < end;) {
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
    return this.head.number >= block;
  }
}

/** What a test can make the routes do. */
@Injectable()
export class ProbeSwitches implements BeforeApplicationShutdown {
  /** Awaited within the command, after its row is written. */
  pause: () => Promise<unknown> = () => Promise.resolve();
  /** Awaited after the process began to stop, and before its server does. */
  stopping: () => Promise<unknown> = () => Promise.resolve();
  /** Called within the answer of a probe. */
  showing: () => void = () => undefined;
  loads = 0;
  arrived = false;

  async beforeApplicationShutdown(): Promise<void> {
    await this.stopping();
  }
}

/** Routes that do what a business room's do, on a table of their own. */
@Controller('v1/probes')
@Allow('ORDER_DESK')
export class ProbeRoutes {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly switches: ProbeSwitches,
  ) {}

  @Post()
  async make(
    @Body({ schema: body }) { text, count }: z.output<typeof body>,
    @Query({ schema: options }) _: z.output<typeof options>,
  ): Promise<Done> {
    const id = await this.insert(text);
    await this.switches.pause();
    this.switches.showing();
    return done({ id, text, count });
  }

  @Post('submitted')
  @Loads<ProbeRoutes>((routes, { id }) => routes.get(id))
  async submit(@Body({ schema: body }) { text }: z.output<typeof body>): Promise<Accepted> {
    const id = await this.insert(text);
    return accepted({ id, submission: { id: randomUUID() } });
  }

  @Post('refused')
  async refuse(@Body() _: unknown): Promise<never> {
    await this.insert('undone');
    throw probeRefused('as always', { probe: 'this' });
  }

  @Post('arriving')
  async arriving(@Body() _: unknown): Promise<Done> {
    const id = await this.insert('arriving');
    if (!this.switches.arrived) throw probeNotHere('not yet');
    return done({ id });
  }

  @Post('failing')
  async fail(@Body() _: unknown): Promise<never> {
    await this.insert('undone');
    await this.unitOfWork.manager.query(`SELECT 'secret value'::int`);
    throw new Error('unreachable');
  }

  @Post('raw')
  raw(@Body() given: unknown, @RawBody() bytes: Buffer): Done {
    return done({ buffer: Buffer.isBuffer(given), sha: bytes.toString('base64') }, 200);
  }

  @Post('plain')
  plain(@Body() _: unknown): { plain: true } {
    return { plain: true };
  }

  @Post('bare')
  bare(): Done {
    return done({ bare: true });
  }

  @Delete(':id')
  remove(@Param('id') id: string): Done {
    return done({ id }, 200);
  }

  @Get('whoami')
  @Allow('AUDITOR', 'ORDER_DESK', 'SUPPLIER_DESK', 'LENDER_DESK', 'ADMIN')
  whoami(@Caller() caller: Principal): Principal {
    return caller;
  }

  @Get('open')
  @Public()
  open(): { open: true } {
    return { open: true };
  }

  @Get('stream')
  @Public()
  @Header('content-type', 'text/event-stream')
  stream(): string {
    return ': over\n\n';
  }

  @Get(':id')
  async get(@Param('id') id: string): Promise<{ id: string; text: string; loads: number }> {
    const [row] = await this.unitOfWork.manager.query<{ text: string }[]>('SELECT text FROM probes WHERE id = $1', [
      id,
    ]);
    if (!row) throw probeMissing('no probe has this id', { id });
    this.switches.showing();
    return { id, text: row.text, loads: ++this.switches.loads };
  }

  private async insert(text: string): Promise<string> {
    const id = randomUUID();
    await this.unitOfWork.manager.query('INSERT INTO probes (id, text) VALUES ($1, $2)', [id, text]);
    return id;
  }
}

@Module({
  controllers: [ProbeRoutes],
  providers: [
    ProbeSwitches,
    ProbeSubmissions,
    ProbeHead,
    { provide: SUBMISSION_WAITER, useExisting: ProbeSubmissions },
    { provide: INDEX_HEAD, useExisting: ProbeHead },
  ],
})
export class ProbeRoom {
  constructor(private readonly unitOfWork: UnitOfWork) {}

  async onModuleInit(): Promise<void> {
    await this.unitOfWork.manager.query('CREATE TABLE IF NOT EXISTS probes (id text PRIMARY KEY, text text NOT NULL)');
  }
}
