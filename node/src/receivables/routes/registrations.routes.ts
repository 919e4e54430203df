import { Body, Controller, Get, Param, Post } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import { Allow } from '../../auth/index.js';
import { accepted, type Accepted, Loads } from '../../http/index.js';
import { asReceivableId } from '../../kernel/ids.js';
import { RecordRegistration } from '../commands/record-registration.js';
import { Registrations, registrationView, type RegistrationView } from '../queries/registrations.js';

const text = z.string().min(1).max(200);
const time = z.iso.datetime({ offset: true });
const registration = z.strictObject({
  register: text.describe('Which register, e.g. 中登网.'),
  number: text.describe('Number that it gave.'),
  registeredAt: time,
  noticeGivenAt: time.optional().describe('When the obligor was given notice, outside of this system.'),
});

/** Registrations elsewhere as evidence on a receivable: whose was first shows in the verdict. */
@ApiTags('receivables')
@Controller('v1/receivables/:id/registrations')
@Allow('SUPPLIER_DESK', 'LENDER_DESK')
export class RegistrationRoutes {
  constructor(
    readonly registrations: Registrations,
    private readonly recording: RecordRegistration,
  ) {}

  @Get()
  @Allow('ORDER_DESK', 'SUPPLIER_DESK', 'LENDER_DESK', 'AUDITOR', 'ADMIN')
  @ApiOkResponse({ standardSchema: z.object({ items: z.array(registrationView), nextCursor: z.null() }) })
  async list(@Param('id') id: string): Promise<{ items: RegistrationView[]; nextCursor: null }> {
    return { items: await this.registrations.ofReceivable(asReceivableId(id)), nextCursor: null };
  }

  @Post()
  @Loads<RegistrationRoutes>((routes, { id }) => routes.registrations.get(id))
  @ApiCreatedResponse({ standardSchema: registrationView })
  async record(
    @Param('id') id: string,
    @Body({ schema: registration }) body: z.output<typeof registration>,
  ): Promise<Accepted> {
    const { register, number, registeredAt, noticeGivenAt } = body;
    const said = {
      ...{ register, number, registeredAt: utc(registeredAt) },
      ...(noticeGivenAt !== undefined && { noticeGivenAt: utc(noticeGivenAt) }),
    };
    return accepted(await this.recording.run(asReceivableId(id), said));
  }
}

const utc = (moment: string): string => new Date(moment).toISOString();
