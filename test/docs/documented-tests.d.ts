interface NamedTest {
  readonly file: string;
  readonly title: string;
}

interface FileResult {
  readonly testFilePath: string;
  readonly testExecError?: unknown;
  readonly testResults: readonly { readonly fullName: string }[];
}

declare class DocumentedTests {
  static readonly header: string;
  static readRules(page: string): { readonly tests: readonly NamedTest[]; readonly problems: readonly string[] };
  static missingTests(tests: readonly NamedTest[], testResults: readonly FileResult[]): readonly string[];
  onRunComplete(contexts: unknown, results: { readonly testResults: readonly FileResult[] }): void;
  getLastError(): Error | undefined;
}

export = DocumentedTests;
