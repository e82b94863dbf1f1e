import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import type { Engine } from "../../../scaffold";
import { change, plan } from "../../gates/plans";

/** How the files of a project name the toolkit and the bindings of its engine. */
type Names = Pick<Engine, "toolkit" | "dependencies">;

/** What a team does by hand in a project that `evenkeel init` has written. The same files serve every engine. */
export class OwnWork {
  constructor(
    private readonly project: string,
    private readonly names: Names,
  ) {}

  /** Uses the capability in `audit-trail.ts`, with a mistake that its rule refuses; `correct` takes it away. */
  useAuditTrail(): void {
    this.copy("audit-trail.ts", "audit-trail.ts");
    const { toolkit } = this.names;
    this.edit(sandbox, `from "${toolkit}";`, `from "${toolkit}";\nimport { auditTrail } from "../audit-trail";`);
    this.edit(sandbox, "\n});\n", "\n}, { capabilities: { foundation: [auditTrail] } });\n");
    this.edit(sandbox, 'name: "hello",', 'name: "hello",\n      auditDays: 7,');
  }

  correct(): void {
    this.edit(sandbox, "logRetentionDays: 30,", "logRetentionDays: 365,");
  }

  /** Uses the stack in `own-stacks.ts`. */
  useOwnStacks(): void {
    this.copy("own-stacks.ts", "own-stacks.ts");
    const file = "evenkeel.config.ts";
    this.edit(file, "\n/** Every", 'import { addOwnStacks } from "./own-stacks";\n\n/** Every');
    this.edit(file, "environments: [sandbox, qa]", "environments: [sandbox, qa], stacks: addOwnStacks");
  }

  /** Adds the test in `own-test.ts` to those of the project. */
  addTest(): void {
    this.copy("own-test.ts", "test/own-work.test.ts");
  }

  /** Writes a plan that the team's own gate refuses. @returns its path in the project */
  refusedPlan(): string {
    const file = "sandbox-services-eu-west-1.json";
    const deleted = plan([change("aws_sqs_queue.hello_audit-trail", ["delete"])]);
    writeFileSync(join(this.project, file), JSON.stringify({ ...deleted, complete: true }));
    return file;
  }

  private copy(from: string, to: string): void {
    const target = join(this.project, to);
    mkdirSync(dirname(target), { recursive: true });
    writeFileSync(target, withNames(readFileSync(join(__dirname, from), "utf8"), this.names));
  }

  private edit(file: string, from: string, to: string): void {
    const path = join(this.project, file);
    const text = readFileSync(path, "utf8");
    if (!text.includes(from)) throw new Error(`${path} does not contain ${from}:\n${text}`);
    writeFileSync(path, text.replace(from, to));
  }
}

const sandbox = "environments/sandbox.ts";

/** Source as it stands in a project, with the names that its engine has for the packages of the first one. */
function withNames(source: string, { toolkit, dependencies }: Names): string {
  const binding = Object.keys(dependencies).find((name) => name.endsWith("/provider-aws"));
  return source
    .replace(/from "evenkeel(?=["/])/g, `from "${toolkit}`)
    .replace('from "../../../evenkeel.config"', 'from "../evenkeel.config"')
    .replace(/from "@cdktf\/provider-aws(?=\/)/g, `from "${binding}`);
}
