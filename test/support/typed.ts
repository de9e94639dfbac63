import { dirname, join } from 'node:path';
import ts from 'typescript';

const OPTIONS: ts.CompilerOptions = {
  strict: true,
  exactOptionalPropertyTypes: true,
  noEmit: true,
  skipLibCheck: true,
  target: ts.ScriptTarget.ES2023,
  module: ts.ModuleKind.NodeNext,
  moduleResolution: ts.ModuleResolutionKind.NodeNext,
  allowImportingTsExtensions: true,
  types: [],
};

/** A JSON text, and the type that it is held against: where it is exported, and its name. */
export interface TypedText {
  name: string;
  text: string;
  /** Absolute path of the module; a package's module is named by its path in node_modules. */
  module: string;
  type: string;
}

/**
 * What is wrong with each text, by name: the compiler compares it with a published type, key by
 * key.
 */
export function typeErrors(texts: TypedText[]): Record<string, string[]> {
  const sources = new Map(
    texts.map(({ name, text, module, type }) => [
      join(dirname(module), `${name}.checked.ts`),
      `import type { ${type} } from '${module}';\nexport const value: ${type} = ${text};\n`,
    ]),
  );
  const host = ts.createCompilerHost(OPTIONS);
  const [getSourceFile, fileExists] = [host.getSourceFile.bind(host), host.fileExists.bind(host)];
  host.fileExists = (path) => sources.has(path) || fileExists(path);
  host.getSourceFile = (path, languageVersion, ...rest) => {
    const own = sources.get(path);
    return own === undefined
      ? getSourceFile(path, languageVersion, ...rest)
      : ts.createSourceFile(path, own, languageVersion);
  };
  const program = ts.createProgram([...sources.keys()], OPTIONS, host);
  return Object.fromEntries(
    [...sources.keys()].map((path, n) => [
      texts[n]?.name ?? '',
      program
        .getSemanticDiagnostics(program.getSourceFile(path))
        .map((d) => ts.flattenDiagnosticMessageText(d.messageText, '\n')),
    ]),
  );
}

/**
 * What the compiler says of some files of a project, by its own settings: file and message. What
 * they import is read and not judged, which takes most of the time of a whole project.
 * @param files paths in the project's folder
 * @throws when one isn't there
 */
export function compileErrors(dir: string, files: readonly string[]): string[] {
  const host = {
    ...ts.sys,
    onUnRecoverableConfigFileDiagnostic: ({ messageText }: ts.Diagnostic): never => {
      throw new Error(ts.flattenDiagnosticMessageText(messageText, '\n'));
    },
  };
  const config = ts.getParsedCommandLineOfConfigFile(join(dir, 'tsconfig.json'), {}, host);
  const paths = files.map((file) => join(dir, file));
  const program = ts.createProgram(paths, config?.options ?? {});
  return files.flatMap((file, i) => {
    const source = program.getSourceFile(paths[i] ?? '');
    if (!source) throw new Error(`${file} is not there`);
    return [
      ...program.getSyntacticDiagnostics(source),
      ...program.getSemanticDiagnostics(source),
    ].map((d) => `${file}: ${ts.flattenDiagnosticMessageText(d.messageText, '\n')}`);
  });
}
