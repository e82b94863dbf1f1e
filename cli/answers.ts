export interface AnswerOptions {
  /** Ask nothing. */
  readonly yes?: boolean;
  /** Standard output is for a document, and questions are asked there. */
  readonly json?: boolean;
}

/** Asks for what options leave open; takes the default where nobody can be asked. */
export class Answers {
  private readonly asks: boolean;

  constructor({ yes = false, json = false }: AnswerOptions) {
    this.asks = !yes && !json && Boolean(process.stdin.isTTY) && Boolean(process.stdout.isTTY);
  }

  async text(given: string | undefined, message: string, byDefault: string): Promise<string> {
    if (given !== undefined || !this.asks) return given ?? byDefault;
    const { input } = await import("@inquirer/prompts");
    return input({ message, default: byDefault });
  }

  async choice<T extends string>(
    given: T | undefined,
    message: string,
    choices: readonly { readonly value: T; readonly name: string }[],
    byDefault: T,
  ): Promise<T> {
    if (given !== undefined || !this.asks) return given ?? byDefault;
    const { select } = await import("@inquirer/prompts");
    return select({ message, choices, default: byDefault });
  }

  async several(
    given: readonly string[] | undefined,
    message: string,
    all: readonly string[],
  ): Promise<readonly string[]> {
    if (given !== undefined || !this.asks || all.length < 2) return given ?? all;
    const { checkbox } = await import("@inquirer/prompts");
    return checkbox({ message, choices: all.map((value) => ({ value, checked: true })), required: true });
  }
}
