import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { pairOf, type StatePair } from "../../cli/state/pair";
import type { S3State } from "../../contract";
import { isolatedFromAws } from "../../simulator/environment";
import { withVariable } from "../../simulator/process-tree";
import { type StateStore, startStateStore } from "../../simulator/state-store";
import { ReplicatedObjects } from "../../simulator/state-store/replicated-objects";
import { runTerraform, startProcess, type TerraformResult } from "../../terraform";
import type { Moment } from "./moment";
import { type Root, writeRoot } from "./root";
import type { WriterInput } from "./writer";

export const environment = "prod";
export const stacks = ["prod-data"] as const;
export const buckets = { primary: "states-north", secondary: "states-central" } as const;
const account = "111122223333";
const keyPrefix = "evenkeel/prod";
const mark = "EVENKEEL_SOAK";

const keyIn = (region: string): string => `arn:aws:kms:${region}:${account}:key/mrk-1234abcd12ab34cd56ef1234567890ab`;

/** A region that is named as the bucket in it. */
const places = {
  primary: { bucket: buckets.primary, region: "eu-north-1", kmsKeyArn: keyIn("eu-north-1") },
  secondary: { bucket: buckets.secondary, region: "eu-central-1", kmsKeyArn: keyIn("eu-central-1") },
} as const;

/** Two buckets, a few roots, and what happens to them. */
export class World {
  active: "primary" | "secondary" = "primary";
  private count = 0;

  private constructor(
    readonly objects: ReplicatedObjects,
    private readonly store: StateStore,
    private readonly folder: string,
    private readonly mark: string,
    private readonly restore: () => void,
  ) {}

  static async open(folder: string, { lag, number }: Moment): Promise<World> {
    const objects = new ReplicatedObjects(join(folder, "s3"), {
      buckets: [buckets.primary, buckets.secondary],
      lagMs: lag,
      except: /\.tflock$|\.rollout-lock\.json$/,
    });
    const store = await startStateStore({ objects, account });
    const before = { ...process.env };
    Object.assign(process.env, { TF_IN_AUTOMATION: "1", CHECKPOINT_DISABLE: "1", NO_COLOR: "1" });
    for (const [name, value] of Object.entries(isolatedFromAws(store.url, "eu-north-1"))) {
      if (value === undefined) delete process.env[name];
      else process.env[name] = value;
    }
    const restore = (): void => {
      for (const name of Object.keys(process.env)) if (!(name in before)) delete process.env[name];
      Object.assign(process.env, before);
    };
    return new World(objects, store, folder, `${process.pid}-states-${number}`, restore);
  }

  async close(): Promise<void> {
    for (const pid of this.processes()) process.kill(pid, "SIGKILL");
    this.objects.stop();
    await this.store.stop();
    this.restore();
  }

  get state(): S3State {
    const { primary, secondary } = places;
    return { backend: "s3", ...primary, keyPrefix, lockFile: true, secondary, active: this.active };
  }

  get pair(): StatePair {
    const pair = pairOf(this.state, account);
    if (!pair) throw new Error("there are two buckets");
    return pair;
  }

  /** A checkout of a stack. @param checkout another one than that of the first writer */
  root(stack: string, checkout = "own"): Root {
    return { stack, folder: join(this.folder, checkout, stack) };
  }

  /** Configures a checkout for the bucket that is worked with, or for another one, with a value that is new. */
  write(root: Root, of: "primary" | "secondary" = this.active, seconds = 0): void {
    this.count += 1;
    writeRoot(root, { bucket: places[of], keyPrefix, value: String(this.count), seconds });
  }

  terraform({ folder }: Root, args: readonly string[]): Promise<TerraformResult> {
    return runTerraform(args, { cwd: folder, env: { ...process.env, [mark]: this.mark } });
  }

  /** Starts an apply that can be killed. @returns how it ended */
  start(writer: Moment["writer"], root: Root): Promise<number | undefined> {
    const env = { ...process.env, [mark]: this.mark };
    const input: WriterInput = { environment, account, state: this.state, root };
    const terraform = process.env.TERRAFORM_BINARY_NAME || "terraform";
    const { child, ended } =
      writer === "verb"
        ? startProcess(process.execPath, [join(__dirname, "writer.js"), JSON.stringify(input)], { env, stdio: "pipe" })
        : startProcess(terraform, ["apply", "-auto-approve", "-input=false"], { env, cwd: root.folder, stdio: "pipe" });
    for (const stream of [child.stdout, child.stderr]) stream?.resume();
    return ended.then(({ code }) => code);
  }

  /** Sends a signal to the processes of a kind that run now. @returns whether there were any */
  hit(victim: "terraform" | "verb", signal: NodeJS.Signals): boolean {
    const found = this.processes().filter((pid) => commandOf(pid).includes(victim === "verb" ? "writer.js" : "apply"));
    for (const pid of found) process.kill(pid, signal);
    return found.length > 0;
  }

  /** Waits until no process of this world runs. */
  async quiet(): Promise<void> {
    for (let round = 0; round < 600 && this.processes().length > 0; round += 1) await delay(50);
  }

  /** Waits until everything has arrived that can. */
  async arrived(): Promise<void> {
    for (let round = 0; round < 200 && this.objects.underWay().length > 0; round += 1) {
      this.objects.deliver();
      if (this.objects.underWay().length > 0) await delay(10);
    }
  }

  /** The serial that lies in a bucket, whether it can be reached or not; 0 for none. */
  serialIn(bucket: "primary" | "secondary", stack: string): number {
    const found = this.objects.get(buckets[bucket], `${keyPrefix}/${stack}.tfstate`);
    return found ? Number((JSON.parse(found.body.toString("utf8")) as { serial: number }).serial) : 0;
  }

  /** Every content that was ever written of a state, by its serial and lineage. */
  history(stack: string): Map<string, Set<string>> {
    const found = new Map<string, Set<string>>();
    for (const bucket of Object.values(buckets)) {
      for (const { body } of this.objects.versions(bucket, `${keyPrefix}/${stack}.tfstate`)) {
        const text = body.toString("utf8");
        const { lineage, serial } = JSON.parse(text) as { lineage: string; serial: number };
        const key = `${lineage} ${serial}`;
        found.set(key, (found.get(key) ?? new Set()).add(text));
      }
    }
    return found;
  }

  private processes(): number[] {
    return withVariable(mark, this.mark);
  }
}

/** Whether Terraform has left a state that it could not store. */
export const hasErrored = ({ folder }: Root): boolean => existsSync(join(folder, "errored.tfstate"));

function commandOf(pid: number): string {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, "utf8");
  } catch {
    return "";
  }
}
