import { stripVTControlCharacters } from "node:util";

/** What a deployment did to one resource. */
export type Action = "added" | "changed" | "replaced" | "destroyed";

/** One resource of one stack, and what was done to it. */
export interface ResourceAction {
  readonly stack: string;
  readonly address: string;
  readonly action: Action;
}

/** `cdktf deploy` names the stack before the first line of what Terraform printed at once, and indents the others. */
const namedLine = /^(?<stack>[\w-]+) {2}(?<text>\S.*)$/;

/** Terraform's progress; cdktf-cli adds the construct path in brackets. */
const progressLine =
  /^(?<address>[a-z0-9_]+\.[\w-]+(?:\[[^\]]+\])?)(?: \([^)]*\))?: (?<verb>Creating|Modifying|Destroying)\.\.\./;

/** Reads what `cdktf deploy` prints, line by line, and keeps what was done to each resource. */
export class DeployLog {
  private readonly verbs = new Map<string, { stack: string; address: string; verbs: Set<string> }>();
  private rest = "";
  private stack = "";

  /** @param onResource is told of each resource as Terraform starts on it */
  constructor(private readonly onResource: (stack: string, address: string) => void = () => {}) {}

  /** Takes the next piece of output, which may end within a line. */
  write(chunk: string): void {
    const lines = (this.rest + chunk).split("\n");
    this.rest = lines.pop() ?? "";
    for (const line of lines) this.read(stripVTControlCharacters(line).trimEnd());
  }

  /** Every resource that was touched, in the order of its first mention. */
  get actions(): ResourceAction[] {
    return [...this.verbs.values()].map(({ stack, address, verbs }) => ({ stack, address, action: actionOf(verbs) }));
  }

  private read(line: string): void {
    const named = namedLine.exec(line)?.groups;
    if (named?.stack) this.stack = named.stack;
    const { address, verb } = progressLine.exec((named?.text ?? line).trim())?.groups ?? {};
    if (!address || !verb) return;
    const { stack } = this;
    const key = `${stack} ${address}`;
    const known = this.verbs.get(key) ?? { stack, address, verbs: new Set() };
    this.verbs.set(key, known);
    known.verbs.add(verb);
    this.onResource(stack, address);
  }
}

function actionOf(verbs: ReadonlySet<string>): Action {
  if (verbs.has("Destroying")) return verbs.has("Creating") ? "replaced" : "destroyed";
  return verbs.has("Creating") ? "added" : "changed";
}
