import type { INestApplication } from '@nestjs/common';
import { DocumentBuilder, type OpenAPIObject, SwaggerModule } from '@nestjs/swagger';
import { addConventions } from './conventions.js';
import { addDescribedLater } from './described-later.js';
import { convertSchema } from './convert-schema.js';

const DESCRIPTION = `The node of one member of a supply-chain finance consortium.
Writes are answered 202 with a submission; with \`Prefer: wait=N\` by the resource once this node has indexed it.
Each answer names the last indexed block in \`Tradeproof-Block\` (number and hash).`;

/** The OpenAPI 3.1 document of an application's routes; it need not be initialised. */
export function describeApi(app: INestApplication): OpenAPIObject {
  const frame = new DocumentBuilder()
    .setOpenAPIVersion('3.1.0')
    .setTitle('tradeproof')
    .setDescription(DESCRIPTION)
    .setVersion('1')
    .setLicense('Apache-2.0', 'https://www.apache.org/licenses/LICENSE-2.0')
    .addBearerAuth({
      type: 'http',
      description: "An API key (`tp_...`) or a token of the member's OpenID Connect issuer.",
    })
    .addSecurityRequirements('bearer')
    .build();
  const document = SwaggerModule.createDocument(app, frame, {
    standardSchemaConverter: convertSchema,
    operationIdFactory: (controller, method) => `${controller.replace(/Routes$/, '')}.${method}`,
  });
  return addDescribedLater(addConventions(document));
}
