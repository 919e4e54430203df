import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';
import { fourEyesOn } from './four-eyes.js';

const ROOMS = 'node/src';
const WRITES = ['Post', 'Put', 'Patch', 'Delete'];

/** Routes that each act of a command serves, by the name of both, e.g. `WithdrawOrder.run`. */
const routesOf = new Map<string, Set<string>>();
for (const file of readdirSync(ROOMS, { recursive: true, encoding: 'utf8' })) {
  if (file.endsWith('.routes.ts')) read(readFileSync(join(ROOMS, file), 'utf8'));
}

function read(text: string): void {
  const { statements } = ts.createSourceFile('routes.ts', text, ts.ScriptTarget.Latest, true);
  const commands = new Set(statements.filter(ts.isImportDeclaration).flatMap(commandsOf));
  for (const controller of statements.filter(ts.isClassDeclaration)) {
    const [place] = decorated(controller, ['Controller']);
    if (place) readController(controller, place.path, commands);
  }
}

function readController({ members }: ts.ClassDeclaration, base: string, commands: ReadonlySet<string>): void {
  const fields = new Map(
    members.filter(ts.isConstructorDeclaration).flatMap(({ parameters }) => {
      return parameters.map(({ name, type }) => [name.getText(), type?.getText() ?? ''] as const);
    }),
  );
  const methods = new Map(members.filter(ts.isMethodDeclaration).map((method) => [method.name.getText(), method]));
  for (const method of methods.values()) {
    for (const { name, path } of decorated(method, WRITES)) {
      const route = `${name.toUpperCase()} /${[base, path].filter(Boolean).join('/')}`;
      for (const act of actsOf(method)) routesOf.set(act, (routesOf.get(act) ?? new Set()).add(route));
    }
  }

  /** What a handler does, or has another of its class do. */
  function actsOf(node: ts.Node, seen = new Set<ts.Node>()): string[] {
    if (seen.has(node)) return [];
    seen.add(node);
    const acts: string[] = [];
    node.forEachChild((child) => void acts.push(...actsOf(child, seen)));
    if (!ts.isPropertyAccessExpression(node)) return acts;
    const [self, field, act] = node.getText().split('.');
    if (self !== 'this' || field === undefined) return acts;
    const [other, command] = [methods.get(field), fields.get(field)];
    if (act === undefined) return other ? [...acts, ...actsOf(other, seen)] : acts;
    return command && commands.has(command) ? [...acts, `${command}.${act}`] : acts;
  }
}

function commandsOf({ moduleSpecifier, importClause }: ts.ImportDeclaration): string[] {
  const named = importClause?.namedBindings;
  if (!named || !ts.isNamedImports(named) || !moduleSpecifier.getText().includes('/commands/')) return [];
  return named.elements.map(({ name }) => name.text);
}

function decorated(node: ts.HasDecorators, names: readonly string[]): { name: string; path: string }[] {
  return (ts.getDecorators(node) ?? []).flatMap(({ expression }) => {
    if (!ts.isCallExpression(expression) || !names.includes(expression.expression.getText())) return [];
    const [path] = expression.arguments;
    return [{ name: expression.expression.getText(), path: path && ts.isStringLiteral(path) ? path.text : '' }];
  });
}

it('is read from the routes as they are', () => {
  expect(routesOf.size).toBeGreaterThan(60);
  expect([...routesOf.get('CancelOrder.run')!]).toEqual(['POST /v1/orders/:id/cancellation']);
});

it('is meant by a clause on four eyes whichever of its routes the clause names', () => {
  const pairs = [...routesOf].flatMap(([act, routes]) =>
    [...routes].flatMap((named) => [...routes].map((action) => ({ act, named, action }))),
  );
  const passed = pairs.filter(({ named, action }) => {
    const clauses = [{ id: 'c', kind: 'FOUR_EYES' as const, commands: [named] }];
    return fourEyesOn([{ scope: 'MEMBER', version: 1, clauses }], { action, amounts: [] }).length === 0;
  });
  expect(pairs.some(({ named, action }) => named !== action)).toBe(true);
  expect(passed).toEqual([]);
});
