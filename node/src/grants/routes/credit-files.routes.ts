import { Body, Controller, Get, Param, Post, Query } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import { Allow } from '../../auth/index.js';
import { done, type Done, type Page, pageOf, pageQuery, readCursor, toPage } from '../../http/index.js';
import { timeOf } from '../../kernel/block-time.js';
import { hex32 } from '../../kernel/hex-schema.js';
import { asGrantId } from '../../kernel/ids.js';
import { Members } from '../../members/index.js';
import { type CreditFile, CreditFiles } from '../queries/credit-files.js';

const id = z.string().describe('0x and 64 hex digits.');
const time = z.iso.datetime();

const creditFile = z.object({
  grant: id,
  maker: z.string().describe('Short name of the owner that had granted it.'),
  resource: z.union([z.object({ order: id }), z.object({ receivable: id })]),
  purpose: z.string(),
  documents: z.int(),
  sealedAt: time,
  retainedUntil: time.describe('Block time at which it is destroyed.'),
});

type CreditFileView = z.output<typeof creditFile>;

const place = z.object({ sealedAt: z.int().min(0), grant: hex32 });

const opening = z.strictObject({ reason: z.string().min(10).max(2000).describe('Why; it is in the access log.') });

const opened = z.object({
  id: id.describe("The grant's."),
  documents: z.array(
    z.object({ document: id, kind: z.string(), fields: z.array(z.object({ path: z.string(), value: z.string() })) }),
  ),
});

/** Credit files: what this member was shown under grants that are over. For its auditor alone. */
@ApiTags('grants')
@Controller('v1/credit-files')
@Allow('AUDITOR')
export class CreditFileRoutes {
  constructor(
    private readonly files: CreditFiles,
    private readonly members: Members,
  ) {}

  @Get()
  @ApiOkResponse({ description: 'Last sealed first.', standardSchema: pageOf(creditFile) })
  async list(
    @Query({ schema: pageQuery }) { limit, cursor }: z.output<typeof pageQuery>,
  ): Promise<Page<CreditFileView>> {
    const nameOf = await this.members.names();
    const rows = await this.files.list(limit + 1, readCursor(cursor, place));
    const keyOf = ({ sealedAt, grant }: CreditFile) => ({ sealedAt, grant });
    return toPage(rows, limit, keyOf, ({ object, onOrder, sealedAt, retainedUntil, ...file }) => ({
      grant: file.grant,
      maker: nameOf(file.maker),
      resource: onOrder ? { order: object } : { receivable: object },
      purpose: file.purpose,
      documents: file.documents,
      sealedAt: timeOf(sealedAt),
      retainedUntil: timeOf(retainedUntil),
    }));
  }

  @Post(':grant/openings')
  @ApiCreatedResponse({ description: 'Its content, shown once for this request.', standardSchema: opened })
  async open(
    @Param('grant') grant: string,
    @Body({ schema: opening }) { reason }: z.output<typeof opening>,
  ): Promise<Done<z.output<typeof opened>>> {
    const id = asGrantId(grant);
    const documents = (await this.files.open(id, reason)).map(({ root, kind, disclosure }) => {
      return { document: root, kind, fields: disclosure.fields.map(({ path, value }) => ({ path, value })) };
    });
    return done({ id, documents }, 201, { once: true });
  }
}
