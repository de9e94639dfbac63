import tseslint from 'typescript-eslint';

/**
 * How long a line may be. A URL can't be broken and be followed; a regular expression in pieces is
 * no longer one that a reader, an editor or ESLint can check.
 */
const LINES = { code: 120, comments: 100, ignoreUrls: true, ignoreRegExpLiterals: true };

export default tseslint.config(
  { ignores: ['node_modules', 'runs', 'fake-services/dist', 'dist', 'eslint.config.js'] },
  ...tseslint.configs.recommendedTypeChecked,
  {
    languageOptions: {
      parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname },
    },
    rules: {
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/no-misused-promises': 'error',
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': 'error',
      // What is longer does more than one thing, or is a table that belongs beside the code.
      'max-lines-per-function': ['error', { max: 60, skipBlankLines: true, skipComments: true }],
      'max-lines': ['error', { max: 250, skipBlankLines: true, skipComments: true }],
      // The formatter breaks code; comments, strings and templates it leaves as they are.
      'max-len': ['error', LINES],
    },
  },
  {
    // A test's `describe` holds many tests, and a made-up world is as long as it is. What a
    // fixture says of YAML, HTML or PromQL in one line is compared as it is, to the letter.
    files: ['test/**'],
    rules: {
      'max-lines-per-function': 'off',
      'max-lines': 'off',
      'max-len': ['error', { ...LINES, ignoreStrings: true, ignoreTemplateLiterals: true }],
    },
  },
);
