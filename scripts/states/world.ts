import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { pairOf, type StatePair } from "../../cli/state/pair";
import type { S3State } from "../../contract";
import { isolatedFromAws } from "../../simulator/environment";
import { withVariable } from "../../simulator/process-tree";
import { type StateStore, startStateStore } from "../../simulator/state-store";
import { runTerraform, startProcess, type TerraformResult } from "../../terraform";
import type { Moment, Point } from "./moment";
import { type Root, writeRoot } from "./root";
import { WatchedObjects } from "./watched-objects";
import type { WriterInput } from "./writer";

export const environment = "prod";
export const stacks = ["prod-data"] as const;
export const buckets = { primary: "states-north", secondary: "states-central" } as const;
const account = "111122223333";
const keyPrefix = "evenkeel/prod";
const mark = "EVENKEEL_SOAK";
const terraform = process.env.TERRAFORM_BINARY_NAME || "terraform";

const writer = join(__dirname, "writer.js");

const keyIn = (region: string): string => `arn:aws:kms:${region}:${account}:key/mrk-1234abcd12ab34cd56ef1234567890ab`;

/** A region that is named as the bucket in it. */
const places = {
  primary: { bucket: buckets.primary, region: "eu-north-1", kmsKeyArn: keyIn("eu-north-1") },
  secondary: { bucket: buckets.secondary, region: "eu-central-1", kmsKeyArn: keyIn("eu-central-1") },
} as const;

/** What Terraform keeps in a checkout about its bucket, by the name of the bucket. */
const initialised = new Map<string, Buffer>();
/** The state that every moment begins with, once it was made. */
let firstState: Buffer | undefined;

interface Configuration {
  readonly terraform: { readonly backend: { readonly s3: { readonly bucket: string } } };
}

/** Two buckets, a few roots, and what happens to them. */
export class World {
  active: "primary" | "secondary" = "primary";
  private count = 0;
  private watching: NodeJS.Timeout | undefined;

  private constructor(
    readonly objects: WatchedObjects,
    private readonly store: StateStore,
    private readonly folder: string,
    private readonly mark: string,
    private readonly restore: () => void,
  ) {}

  static async open(folder: string, { lag, number }: Moment): Promise<World> {
    const objects = new WatchedObjects(join(folder, "s3"), {
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
    this.unwatch();
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

  /** Configures a checkout for the bucket that is worked with, or for another one, with a value that is new. @param slow so that a change is seen */
  write(root: Root, of: "primary" | "secondary" = this.active, slow = false): void {
    this.count += 1;
    const value = String(this.count);
    writeRoot(root, { bucket: places[of], keyPrefix, value, ...(slow && { begun: this.begun, seconds: 0.2 }) });
  }

  /** Has a checkout know its bucket, as `terraform init` does: what it writes is always the same, so it is only run once for a bucket. */
  async init(root: Root): Promise<void> {
    const file = join(root.folder, ".terraform", "terraform.tfstate");
    const { bucket } = (JSON.parse(readFileSync(join(root.folder, "cdk.tf.json"), "utf8")) as Configuration).terraform
      .backend.s3;
    const known = initialised.get(bucket);
    if (known) {
      mkdirSync(dirname(file), { recursive: true });
      writeFileSync(file, known);
      return;
    }
    await this.terraform(root, ["init", "-input=false", "-reconfigure"]);
    initialised.set(bucket, readFileSync(file));
  }

  /** Stores the state that a moment begins with: what the first apply of a run has made. @param apply makes it */
  async begin(stack: string, apply: () => Promise<void>): Promise<void> {
    const key = `${keyPrefix}/${stack}.tfstate`;
    if (firstState) {
      // The value that it has is not new.
      this.count += 1;
      this.objects.put(buckets.primary, key, firstState);
      return;
    }
    await apply();
    firstState = this.objects.get(buckets.primary, key)?.body;
  }

  /** Calls back once, as soon as an apply is at a point and before it goes on. */
  watch(point: Point, then: () => void): void {
    const look = (reached: Point): void => {
      if (reached !== point) return;
      this.unwatch();
      then();
    };
    this.objects.onPoint = look;
    this.watching = setInterval(() => existsSync(this.begun) && look("change"), 5);
  }

  unwatch(): void {
    clearInterval(this.watching);
    this.objects.onPoint = undefined;
  }

  terraform({ folder }: Root, args: readonly string[]): Promise<TerraformResult> {
    return runTerraform(args, { cwd: folder, env: { ...process.env, [mark]: this.mark } });
  }

  /** Starts an apply that can be killed. @returns how it ended */
  start(by: Moment["writer"], root: Root): Promise<number | undefined> {
    const env = { ...process.env, [mark]: this.mark };
    const input: WriterInput = { environment, account, state: this.state, root };
    const { child, ended } =
      by === "verb"
        ? startProcess(process.execPath, [writer, JSON.stringify(input)], { env, stdio: "pipe" })
        : startProcess(terraform, ["apply", "-auto-approve", "-input=false"], { env, cwd: root.folder, stdio: "pipe" });
    for (const stream of [child.stdout, child.stderr]) stream?.resume();
    return ended.then(({ code }) => code);
  }

  /** Sends a signal to the processes of a kind that run now. @returns whether there were any */
  hit(victim: "terraform" | "verb", signal: NodeJS.Signals): boolean {
    const found = this.processes().filter((pid) =>
      victim === "verb" ? commandOf(pid)[1] === writer : commandOf(pid)[0] === terraform,
    );
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

  private get begun(): string {
    return join(this.folder, "begun");
  }

  private processes(): number[] {
    return withVariable(mark, this.mark);
  }
}

/** Whether Terraform has left a state that it could not store. */
export const hasErrored = ({ folder }: Root): boolean => existsSync(join(folder, "errored.tfstate"));

/** The command line of a process; nothing once it has ended. */
function commandOf(pid: number): string[] {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, "utf8").split("\0");
  } catch {
    return [];
  }
}
