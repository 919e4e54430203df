import { Injectable, type INestApplication } from '@nestjs/common';
import { DocumentBuilder, type OpenAPIObject, SwaggerModule } from '@nestjs/swagger';
import { addConventions } from './conventions.js';
import { convertSchema } from './convert-schema.js';

const DESCRIPTION = `The node of one member of a supply-chain finance consortium.
Writes are answered 202 with a submission; with \`Prefer: wait=N\` by the resource once this node has indexed it.
Each answer names the last indexed block in \`Tradeproof-Block\` (number and hash).`;

/** The API's description, made from the routes when it is first asked for. */
@Injectable()
export class OpenApi {
  private app?: INestApplication;
  private text?: string;

  /** Names the application whose routes are described. */
  describe(app: INestApplication): void {
    this.app = app;
  }

  /** OpenAPI 3.1. */
  document(): OpenAPIObject {
    if (!this.app) throw new Error('describe() comes first');
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
    const document = SwaggerModule.createDocument(this.app, frame, {
      standardSchemaConverter: convertSchema,
      operationIdFactory: (controller, method) => `${controller.replace(/Routes$/, '')}.${method}`,
    });
    return addConventions(document);
  }

  /** The same as JSON text. */
  json(): string {
    return (this.text ??= JSON.stringify(this.document()));
  }
}
