import {
  copyFileSync,
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { join, resolve } from "node:path";
import type { StartedProcess } from "../../terraform";
import { startProcess } from "../../terraform";

/** Linked from the project, so that handlers are found and bundled as in it. */
const linked = [
  "main.ts",
  "evenkeel.config.ts",
  "environments",
  "services",
  "layers",
  "forecast",
  "handlers",
  "runtime",
  "dist",
  "node_modules",
  "package.json",
  "package-lock.json",
];

/** What a started command has printed so far, on both streams. */
export interface Started extends StartedProcess {
  readonly printed: () => string;
}

/** A folder with a project of its own, and the simulated cloud in it. */
export class SoakProject {
  readonly simulated: string;
  private readonly bin: string;

  /**
   * @param root the project that it is a copy of
   * @param cloud variables of a simulated cloud that runs already; by default each command starts one of its own
   */
  constructor(
    private readonly root: string,
    readonly folder: string,
    private readonly cloud?: NodeJS.ProcessEnv,
  ) {
    this.simulated = join(folder, ".evenkeel", "simulated");
    this.bin = join(root, "dist", "cli", "main.js");
    mkdirSync(folder, { recursive: true });
    for (const name of linked) {
      const place = join(folder, name);
      if (!existsSync(place)) symlinkSync(join(root, name), place);
    }
  }

  /** What the simulated cloud and the deployments have left; empties the folder, or fills it from a kept one. */
  restore(kept?: string): void {
    rmSync(join(this.folder, ".evenkeel", "simulated"), { recursive: true, force: true });
    if (kept) cpSync(kept, this.simulated, { recursive: true });
  }

  keep(to: string): void {
    cpSync(this.simulated, to, { recursive: true });
  }

  /** The stage that the app synthesizes, in place of the environment's own. */
  stage(stage: string): void {
    const app = `"${process.execPath}" --require evenkeel/register main.ts --stage ${stage}`;
    writeFileSync(
      join(this.folder, "cdktf.json"),
      JSON.stringify({ app, language: "typescript", output: "cdktf.out" }),
    );
  }

  /** Starts a verb inside the simulated cloud. @param mark finds its processes */
  verb(args: readonly string[], mark: string): Started {
    return this.start([process.execPath, this.bin, ...args], mark);
  }

  /** Plans a bundle. @returns its path @throws Error with what was printed, where it cannot be planned */
  async bundle(environment: string, mark: string): Promise<string> {
    const planned = this.verb(["plan", environment, "--out", join(".evenkeel", "rollouts"), "--json"], mark);
    await planned.ended;
    const [, bundle] = /"bundle": "([^"]+)"/.exec(planned.printed()) ?? [];
    if (bundle === undefined) throw new Error(`${environment} cannot be planned:\n${planned.printed()}`);
    return bundle;
  }

  /** Starts Terraform inside the simulated cloud. */
  terraform(args: readonly string[], mark: string): Started {
    return this.start([process.env.TERRAFORM_BINARY_NAME || "terraform", ...args], mark);
  }

  /** Puts the copy of a state in its place, or removes a state, as a message says. */
  changeState(program: string, [from = "", to]: readonly string[]): void {
    if (program === "cp" && to) copyFileSync(resolve(this.folder, from), resolve(this.folder, to));
    else rmSync(resolve(this.folder, from));
  }

  /** Starts cdktf's command line inside the simulated cloud. */
  cdktf(args: readonly string[], environment: string, mark: string): Started {
    const cdktf = join(this.root, "node_modules", "cdktf-cli", "bundle", "bin", "cdktf");
    return this.start([process.execPath, cdktf, ...args], mark, { ENVIRONMENT: environment, CI: "1" });
  }

  private start(command: readonly string[], mark: string, env: NodeJS.ProcessEnv = {}): Started {
    const cache = join(this.root, ".evenkeel", "providers");
    const [program = "", ...args] = this.cloud ? command : [process.execPath, this.bin, "simulate", "--", ...command];
    const started = startProcess(program, args, {
      cwd: this.folder,
      stdio: ["ignore", "pipe", "pipe"],
      env: {
        ...process.env,
        TF_PLUGIN_CACHE_DIR: process.env.TF_PLUGIN_CACHE_DIR ?? (existsSync(cache) ? cache : undefined),
        NO_COLOR: "1",
        FORCE_COLOR: "0",
        ...this.cloud,
        ...env,
        [markVariable]: mark,
      },
    });
    let text = "";
    for (const stream of [started.child.stdout, started.child.stderr]) {
      stream?.on("data", (chunk) => {
        text += String(chunk);
      });
    }
    return { ...started, printed: () => text };
  }

  /** The texts of all states, by the name of their stack. */
  states(): Map<string, string> {
    const found = new Map<string, string>();
    for (const name of this.stored()) {
      const [, stack] = /(?:^|[\\/])([^\\/]+)\.tfstate(?:\.object)?$/.exec(name) ?? [];
      if (stack) found.set(stack, readFileSync(join(this.simulated, name), "utf8"));
    }
    return found;
  }

  /** Whether the state of a stack is locked. */
  locked(stack: string): boolean {
    return this.stored().some((name) => name.includes(`${stack}.tfstate`) && /lock/.test(name));
  }

  /** The files of the states. */
  private stored(): string[] {
    if (!existsSync(this.simulated)) return [];
    return readdirSync(this.simulated, { recursive: true, encoding: "utf8" }).filter((name) =>
      /^(state|s3)[\\/]/.test(name),
    );
  }
}

/** In the environment of every process of a moment. */
export const markVariable = "EVENKEEL_SOAK";
