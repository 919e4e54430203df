import { Injectable } from '@nestjs/common';
import { z } from 'zod';
import { UnitOfWork } from '../../database/index.js';
import { hex32 } from '../../kernel/hex-schema.js';
import { defineProblem } from '../../kernel/problem.js';
import {
  EnvelopeHandler,
  type EnvelopeProcessor,
  envelopeInParts,
  type LetterPart,
  type ReceivedEnvelope,
} from '../index.js';

const noteRefused = defineProblem({ code: 'NOTE_REFUSED', status: 422, title: 'The note is refused' });
const noteEarly = defineProblem({ code: 'NOTE_EARLY', status: 503, title: 'The note comes too early' });

const note = z.object({ text: z.string() });
type Note = z.output<typeof note>;

const carries = z.object({ also: z.array(hex32) }).transform(({ also }) => also);

/** Takes notes into a table, or refuses them as the test says. */
@EnvelopeHandler('test.note', { body: note, carries })
export class NoteHandler implements EnvelopeProcessor<Note> {
  /** what to do with a note instead of taking it in, by its text */
  readonly faults = new Map<string, 'refuse' | 'early' | 'crash'>();
  calls = 0;

  constructor(private readonly unitOfWork: UnitOfWork) {}

  async handle({ from, object, body }: ReceivedEnvelope<Note>): Promise<void> {
    this.calls++;
    await this.unitOfWork.manager.query('INSERT INTO notes (sender, object, text) VALUES ($1, $2, $3)', [
      from.name,
      object,
      body.text,
    ]);
    const fault = this.faults.get(body.text);
    if (fault === 'refuse') throw noteRefused('as told', { text: body.text });
    if (fault === 'early') throw noteEarly('as told');
    if (fault === 'crash') throw new Error('a defect');
  }
}

const sheaf = z.object({ notes: z.array(z.object({ object: hex32, text: z.string() })) });
type Sheaf = z.output<typeof sheaf>;

/** Notes about several objects, or one: all are taken in or none. */
@EnvelopeHandler('test.sheaf', { body: sheaf })
export class SheafHandler implements EnvelopeProcessor<Sheaf> {
  /** of which it says that it is to come in parts, though it has one alone */
  endless = '';

  constructor(private readonly each: NoteHandler) {}

  async handle({ body, ...envelope }: ReceivedEnvelope<Sheaf>): Promise<void> {
    try {
      for (const { object, text } of body.notes) await this.each.handle({ ...envelope, object, body: { text } });
    } catch (error) {
      if (body.notes.length > 1 || body.notes[0]!.text === this.endless) throw envelopeInParts(String(error));
      throw error;
    }
  }

  parts({ notes }: Sheaf): LetterPart<Sheaf>[] {
    return notes.map((note) => ({ object: note.object, body: { notes: [note] } }));
  }
}

/** A duty: taken from suspended members too. */
@EnvelopeHandler('test.duty', { fromSuspended: true })
export class DutyHandler implements EnvelopeProcessor {
  taken = 0;

  handle(): Promise<void> {
    this.taken++;
    return Promise.resolve();
  }
}

/** The table of {@link NoteHandler}. */
@Injectable()
export class Notes {
  constructor(private readonly unitOfWork: UnitOfWork) {}

  async onModuleInit(): Promise<void> {
    await this.unitOfWork.manager.query(
      'CREATE TABLE IF NOT EXISTS notes (seq serial PRIMARY KEY, sender text, object text, text text)',
    );
  }

  async texts(): Promise<string[]> {
    const rows = await this.unitOfWork.manager.query<{ text: string }[]>('SELECT text FROM notes ORDER BY seq');
    return rows.map(({ text }) => text);
  }
}
