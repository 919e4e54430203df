import { Controller, Post, Req } from '@nestjs/common';
import { ApiBody, ApiConsumes, ApiCreatedResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import { Allow } from '../../auth/index.js';
import { requestInvalid } from '../../errors/index.js';
import { bodyText, type Done, doneOfMany, ItemGate, TAKEN_IN } from '../../http/index.js';
import '../../http/request.js';
import { Problem, type ProblemRecord } from '../../kernel/problem.js';
import { splitJson } from '../../documents/http/index.js';
import { type MilestoneOf, RecordMilestones } from '../commands/record-milestones.js';
import { IncomingMilestone } from './incoming-milestone.js';

/** Most milestones of one request. */
const MOST_ITEMS = 1000;

const outcomes = z.object({
  items: z
    .array(
      z.object({
        order: z.string().nullable(),
        id: z.string().nullable().describe('Commitment, by which the milestone is known.'),
        submission: z.string().nullable().describe('The transaction that records it, with up to 99 others.'),
        refusal: z
          .object({ code: z.string(), detail: z.string(), facts: z.record(z.string(), z.unknown()).optional() })
          .nullable()
          .describe('Why it is not recorded; the others are.'),
      }),
    )
    .describe('In the order given.'),
});

/** Milestones of many orders at once. */
@ApiTags('fulfilment')
@Controller('v1/milestones')
@Allow('ORDER_DESK', 'SUPPLIER_DESK')
export class BulkMilestoneRoutes {
  constructor(
    private readonly recording: RecordMilestones,
    private readonly incoming: IncomingMilestone,
    private readonly gate: ItemGate,
  ) {}

  @Post()
  @ApiOperation({
    summary: 'Records those of the milestones that may be recorded, and says why not of each other.',
    description:
      `${TAKEN_IN} What the chain refuses then it refuses for all milestones of the transaction: send the rest again. ` +
      'This node refuses item by item, each with its `refusal`, and with 422 ITEMS_REFUSED when it refuses all of them.',
  })
  @ApiConsumes('application/x-ndjson', 'application/json')
  @ApiBody({
    description: `Up to ${MOST_ITEMS} milestones, a line or an element of an array each: {order, kind?, document?, supersedes?}.`,
    schema: { type: 'array', items: { type: 'object', additionalProperties: true } },
  })
  @ApiCreatedResponse({ standardSchema: outcomes })
  async record(@Req() request: FastifyRequest): Promise<Done<unknown>> {
    const texts = splitJson(bodyText(request.rawBody), /ndjson/i.test(request.headers['content-type'] ?? ''));
    if (texts.length === 0) throw requestInvalid('no milestone is in the body');
    if (texts.length > MOST_ITEMS) {
      throw requestInvalid(`${texts.length} milestones, ${MOST_ITEMS} are taken at once`, { most: MOST_ITEMS });
    }
    const action = 'POST /v1/orders/:id/milestones';
    const admit = (object: string) => this.gate.admit(request, { action, object });
    const items = texts.map((text) => this.read(text));
    return doneOfMany(await this.recording.run(items, admit));
  }

  private read(text: string): MilestoneOf | ProblemRecord {
    try {
      return this.incoming.readItem(text);
    } catch (error) {
      if (error instanceof Problem) return error.toRecord();
      throw error;
    }
  }
}
