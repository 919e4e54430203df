import { readdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { Controller, Get, Module, type Type } from '@nestjs/common';
import { KEYS_FOLDER, testApi } from '../../../test/support/api.js';
import { Allow, Public } from './index.js';

@Controller('v1/naked')
class NakedRoutes {
  @Get()
  get(): void {}
}

@Controller('v1/torn')
class TornRoutes {
  @Get()
  @Public()
  @Allow('ADMIN')
  get(): void {}
}

@Controller('astray')
@Public()
class AstrayRoutes {
  @Get()
  get(): void {}
}

const roomOf = (controller: Type): Type => {
  @Module({ controllers: [controller] })
  class Room {}
  return Room;
};

const foldersOfKeys = () => readdirSync(tmpdir()).filter((name) => name.startsWith(KEYS_FOLDER));

it.each([
  [NakedRoutes, 'NakedRoutes.get has neither @Allow nor @Public'],
  [TornRoutes, 'TornRoutes.get has both @Allow and @Public'],
  [AstrayRoutes, 'route GET /astray is not under /v1'],
])('the node refuses to start with %p', async (controller, message) => {
  const before = foldersOfKeys();
  await expect(testApi([roomOf(controller)])).rejects.toThrow(message);
  expect(foldersOfKeys()).toEqual(before);
});
