import { Injectable, type INestApplication } from '@nestjs/common';
import { describeApi } from './describe-api.js';

/** The API's description as this process serves it, made when it is first asked for. */
@Injectable()
export class OpenApi {
  private app?: INestApplication;
  private text?: string;

  /** Names the application whose routes are described. */
  describe(app: INestApplication): void {
    this.app = app;
  }

  /** OpenAPI 3.1 as JSON text. */
  json(): string {
    if (!this.app) throw new Error('describe() comes first');
    return (this.text ??= JSON.stringify(describeApi(this.app)));
  }
}
