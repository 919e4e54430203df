import { Controller, Get, Header, Param } from '@nestjs/common';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { Allow } from '../../auth/index.js';
import { BuildEvidenceFile } from '../queries/build-evidence-file.js';
import { evidenceFileSchema } from '../verify/evidence-file/schema.js';

/** Files that show an item of evidence to whoever has no node. */
@ApiTags('evidence')
@Controller('v1/evidence')
@Allow('ORDER_DESK', 'SUPPLIER_DESK', 'LENDER_DESK', 'AUDITOR', 'ADMIN')
export class EvidenceProofRoutes {
  constructor(private readonly build: BuildEvidenceFile) {}

  /** Canonical JSON; send it on byte for byte. */
  @Get(':id/proof')
  @Header('content-type', 'application/json')
  @Header('content-disposition', 'attachment; filename="evidence.json"')
  @Header('cache-control', 'private, no-store')
  @ApiOkResponse({ standardSchema: evidenceFileSchema })
  proof(@Param('id') id: string): Promise<string> {
    return this.build.run(id);
  }
}
