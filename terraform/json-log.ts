import { type Json, objectOf } from "./json";
import type { Outcome, ResourceOutcome } from "./outcome";

/** Terraform's names for changes of resources in its log, and their outcomes; reads and moves change nothing. */
const outcomeOf: Readonly<Record<string, Outcome>> = {
  create: "added",
  update: "changed",
  replace: "replaced",
  delete: "destroyed",
  remove: "forgotten",
  forget: "forgotten",
};

/** An output of a stack; the value of a sensitive one is left out. */
export interface StackOutput {
  readonly sensitive: boolean;
  readonly value?: unknown;
}

export interface JsonLogListener {
  /** The plan is complete; called before the first resource is applied. */
  readonly onPlan?: (planned: readonly ResourceOutcome[]) => void;
  /** Terraform has started on a resource. */
  readonly onResource?: (address: string) => void;
}

/**
 * Reads what Terraform and OpenTofu print with `-json`, line by line.
 * @see https://developer.hashicorp.com/terraform/internals/machine-readable-ui
 */
export class JsonLog {
  /** What the plan does to each resource, in Terraform's order. */
  readonly planned: ResourceOutcome[] = [];
  /** Outputs after an apply; undefined if nothing was applied. */
  outputs: Readonly<Record<string, StackOutput>> | undefined;
  /** Terraform's own message for each error. */
  readonly errors: string[] = [];
  /** Terraform's own message for each warning. */
  readonly warnings: string[] = [];

  constructor(private readonly listener: JsonLogListener = {}) {}

  /** Processes one line; anything that is not a log message, such as the output of a wrapper script, is ignored. */
  readLine(line: string): void {
    const message = parse(line);
    switch (message.type) {
      case "planned_change": {
        const { resource, action } = objectOf(message.change);
        const outcome = outcomeOf[String(action)];
        if (outcome) this.planned.push({ address: String(objectOf(resource).addr), outcome });
        break;
      }
      case "change_summary":
        if (objectOf(message.changes).operation === "plan") this.listener.onPlan?.(this.planned);
        break;
      case "apply_start": {
        const { resource, action } = objectOf(message.hook);
        if (String(action) in outcomeOf) this.listener.onResource?.(String(objectOf(resource).addr));
        break;
      }
      case "outputs":
        // Before an apply the same message says what would be done to each output.
        if (Object.values(objectOf(message.outputs)).every((output) => objectOf(output).action === undefined)) {
          this.outputs = message.outputs as Record<string, StackOutput>;
        }
        break;
      case "diagnostic":
        this.readDiagnostic(objectOf(message.diagnostic));
        break;
    }
  }

  private readDiagnostic(diagnostic: Json): void {
    if (diagnostic.severity === "error") this.errors.push(inWords("Error", diagnostic));
    if (diagnostic.severity === "warning") this.warnings.push(inWords("Warning", diagnostic));
  }
}

function parse(line: string): Json {
  try {
    return objectOf(JSON.parse(line));
  } catch {
    return {};
  }
}

/** A diagnostic as Terraform prints it for people. */
function inWords(severity: "Error" | "Warning", { summary, detail, address, range }: Json): string {
  const { filename, start } = objectOf(range);
  return [
    `${severity}: ${String(summary)}`,
    ...(address ? [`  with ${String(address)}`] : []),
    ...(filename ? [`  on ${String(filename)} line ${String(objectOf(start).line)}`] : []),
    ...(detail ? [String(detail)] : []),
  ].join("\n");
}
