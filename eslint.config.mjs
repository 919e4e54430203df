import tseslint from 'typescript-eslint';

export default tseslint.config(
  {
    ignores: [
      'scripts/bench/peers/',
      'dist/',
      'node_modules/',
      'artifacts/',
      'cache/',
      '.toolchain/',
      '.data/',
      'coverage/',
      'bench/peers/node_modules/',
      '**/*.generated.ts',
      '**/generated/',
    ],
  },
  ...tseslint.configs.recommended,
  {
    languageOptions: {
      parserOptions: {
        projectService: {
          allowDefaultProject: [
            '*.mjs',
            'scripts/*.mjs',
            'test/support/*.mjs',
            'scripts/snapshots/*.mjs',
            'scripts/verifier/*.mjs',
          ],
        },
      },
    },
    rules: {
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/no-misused-promises': 'error',
      '@typescript-eslint/await-thenable': 'error',
      '@typescript-eslint/consistent-type-imports': [
        'error',
        { fixStyle: 'inline-type-imports', disallowTypeAnnotations: false },
      ],
      '@typescript-eslint/switch-exhaustiveness-check': 'off',
      '@typescript-eslint/no-unused-vars': [
        'error',
        { argsIgnorePattern: '^_', varsIgnorePattern: '^_', ignoreRestSiblings: true },
      ],
      'no-console': 'off',
      eqeqeq: ['error', 'always', { null: 'ignore' }],
    },
  },
  {
    files: ['node/src/**/*.ts'],
    ignores: ['**/*.spec.ts'],
    rules: {
      'no-console': 'error',
      'no-restricted-properties': [
        'error',
        { object: 'process', property: 'env', message: 'Only the config room reads the environment.' },
      ],
    },
  },
  { files: ['node/src/config/**/*.ts'], rules: { 'no-restricted-properties': 'off' } },
  {
    files: ['node/src/**/*.ts'],
    ignores: ['**/*.spec.ts', '**/testing/**', 'node/src/database/open-pool.ts'],
    rules: {
      'no-restricted-syntax': [
        'error',
        {
          selector: 'NewExpression[callee.object.name="pg"]',
          message: 'openPool and ownClient of the database room notice a server that vanished without a word.',
        },
      ],
    },
  },
  { files: ['**/*.mjs', '**/*.cjs'], ...tseslint.configs.disableTypeChecked },
);
