import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { Controller, Get, Header, Param, StreamableFile } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { Public } from '../../auth/decorators.js';
import { routeNotFound } from '../../errors/index.js';
import { DOCS_PAGE, DOCS_START } from './docs-page.js';
import { OpenApi } from './open-api.js';

const require = createRequire(import.meta.url);

/** The files of swagger-ui that the page loads, and no others. */
const FILES: Record<string, string> = {
  'swagger-ui.css': 'text/css; charset=utf-8',
  'swagger-ui-bundle.js': 'text/javascript; charset=utf-8',
  'favicon-32x32.png': 'image/png',
};

/** The API's description, and a page to try it; nothing comes from elsewhere. */
@ApiExcludeController()
@Controller()
@Public()
export class DocsRoutes {
  constructor(private readonly openApi: OpenApi) {}

  @Get('openapi.json')
  @Header('content-type', 'application/json; charset=utf-8')
  document(): string {
    return this.openApi.json();
  }

  @Get('docs')
  @Header('content-type', 'text/html; charset=utf-8')
  page(): string {
    return DOCS_PAGE;
  }

  @Get('docs/start.js')
  @Header('content-type', 'text/javascript; charset=utf-8')
  start(): string {
    return DOCS_START;
  }

  @Get('docs/:file')
  async file(@Param('file') file: string): Promise<StreamableFile> {
    const type = Object.hasOwn(FILES, file) ? FILES[file] : undefined;
    if (!type) throw routeNotFound('the page has no such file');
    return new StreamableFile(await readFile(require.resolve(`swagger-ui-dist/${file}`)), { type });
  }
}
