import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import type { Accepted } from "../../cli/state/compare";
import { type FailoverResult, failOver } from "../../cli/state/failover";
import { recordedIn } from "../../cli/state/recorded";
import { viewOf } from "../../cli/state/view";
import { TerraformStack } from "../../terraform";
import type { Moment } from "./moment";
import type { Root } from "./root";
import { environment, hasErrored, stacks, World } from "./world";

/** How a moment ended, and what was wrong. */
export interface Verdict {
  /** Whether a process got a signal, or a bucket was lost. */
  readonly hit: boolean;
  /** What became of the apply that was hit. */
  readonly ended: string;
  /** What was said and done to go on. */
  readonly afterwards: readonly string[];
  /** Empty if all was as it has to be. */
  readonly faults: readonly string[];
}

/** Runs one moment in a world of its own. */
export async function runMoment(moment: Moment): Promise<Verdict> {
  const folder = mkdtempSync(join(tmpdir(), "soak-states-"));
  const world = await World.open(folder, moment);
  try {
    return await new Run(world, moment).all();
  } finally {
    await world.close();
    rmSync(folder, { recursive: true, force: true, maxRetries: 3 });
  }
}

class Run {
  private readonly did: string[] = [];
  private readonly faults: string[] = [];
  private accepted = new Map<string, number>();
  /** Whether somebody has written past a fence that was not there yet. */
  private wroteEarly = false;

  constructor(
    private readonly world: World,
    private readonly moment: Moment,
  ) {}

  async all(): Promise<Verdict> {
    const { world, moment } = this;
    for (const stack of stacks) await world.begin(stack, () => this.apply(world.root(stack)));
    await world.arrived();
    for (let count = 0; count < moment.before; count += 1) await this.apply(world.root(stacks[0]));
    const { ended, hit } = await this.hit();
    if (moment.loss === "never") await this.recover();
    await this.goOver();
    if (moment.loss !== "never") await this.comeBack();
    if (!this.wroteEarly) await this.goBack();
    this.judgeHistory();
    return { hit, ended, afterwards: this.did, faults: this.faults };
  }

  /** An apply that goes well. */
  private async apply(root: Root): Promise<void> {
    this.world.write(root);
    const { writer } = this.moment;
    const plain = (): Promise<number | undefined> => this.plainApply(root);
    // Only the apply that is hit has to be a process of its own.
    const code = await (writer === "verb"
      ? recordedIn(this.world.pair, environment, "evenkeel deploy", plain)
      : plain());
    if (code !== 0) this.faults.push(`an apply of ${root.stack} ended with ${code}`);
  }

  private async plainApply(root: Root): Promise<number | undefined> {
    await this.world.init(root);
    return (await this.world.terraform(root, ["apply", "-auto-approve", "-input=false"])).code;
  }

  /** The apply in the middle of which it happens. */
  private async hit(): Promise<{ ended: string; hit: boolean }> {
    const { world, moment } = this;
    const root = world.root(stacks[0]);
    world.write(root, "primary", true);
    await world.init(root);
    let [isSignalled, isLost] = [false, false];
    const strike = (): void => {
      isSignalled = moment.victim !== "nobody" && world.hit(moment.victim, moment.signal);
      if (moment.loss === "during") this.lose();
      isLost = moment.loss === "during";
    };
    let struck: Promise<void> | undefined;
    world.watch(moment.point, () => {
      if (moment.after === 0) strike();
      else struck = delay(moment.after).then(strike);
    });
    const running = world.start(moment.writer, root);
    const rival = moment.rival ? this.rival() : undefined;
    const code = await running;
    const second = await rival;
    await struck;
    world.unwatch();
    await world.quiet();
    if (moment.loss === "afterwards") this.lose();
    const ended = [
      moment.victim === "nobody" ? "nobody was killed" : isSignalled ? "was killed" : "ended before the kill",
      ...(moment.loss === "during" && !isLost ? ["ended before the loss"] : []),
      `exit code ${code ?? "none"}`,
      ...(moment.rival ? [`the other one ${second === 0 ? "came before or after" : "was refused"}`] : []),
      ...(hasErrored(root) ? ["errored.tfstate is left"] : []),
    ].join(", ");
    if (moment.loss === "during" && !isLost) this.lose();
    return { ended, hit: isSignalled || moment.loss === "afterwards" || isLost };
  }

  private lose(): void {
    this.world.objects.lose("states-north");
  }

  private async rival(): Promise<number | undefined> {
    const root = this.world.root(stacks[0], "rival");
    this.world.write(root, "primary", true);
    return this.plainApply(root);
  }

  /** What somebody does who finds locks and states that could not be stored, where nothing is lost. */
  private async recover(): Promise<void> {
    const { world } = this;
    for (const root of [world.root(stacks[0]), world.root(stacks[0], "rival")]) await this.release(root);
    await this.apply(world.root(stacks[0]));
    await world.arrived();
  }

  /** Releases the lock that a killed Terraform has left, and stores its state. */
  private async release(root: Root): Promise<void> {
    const { world } = this;
    const view = await viewOf(world.pair[world.active], environment);
    const lock = view.reachable ? view.locks.get(root.stack) : undefined;
    if (lock) {
      this.did.push(`released the lock of ${lock.who}`);
      const { code } = await world.terraform(root, ["force-unlock", "-force", lock.id]);
      if (code !== 0) this.faults.push(`force-unlock ended with ${code}`);
    }
    if (!hasErrored(root)) return;
    const { code } = await world.terraform(root, ["state", "push", "errored.tfstate"]);
    this.did.push(code === 0 ? "stored errored.tfstate" : "errored.tfstate was older, and refused");
    rmSync(join(root.folder, "errored.tfstate"));
  }

  private async failOver(to: "primary" | "secondary", accepted: Accepted): Promise<FailoverResult> {
    return failOver(environment, this.world.pair, to, accepted);
  }

  /** To the second bucket. */
  private async goOver(): Promise<void> {
    const { world } = this;
    const truth = new Map(stacks.map((stack) => [stack, world.serialIn("primary", stack)]));
    const first = await this.failOver("secondary", new Map());
    for (const { stack, to, says } of first.stacks) {
      const isSaid = first.refused.some((one) => one.stack === stack);
      if ((truth.get(stack as (typeof stacks)[number]) ?? 0) > (to ?? 0) && !isSaid)
        this.faults.push(
          `${stack}: serial ${truth.get(stack as (typeof stacks)[number])} had not arrived and was not said: ${says}`,
        );
    }
    if (first.refused.length + first.locks.length > 0) {
      const said = first.refused.map(({ stack, standing, to }) => `${stack} ${standing} at ${to}`);
      this.did.push(`refused: ${[...said, ...first.locks.map(({ of }) => `${of} locked`)].join(", ")}`);
      if (first.lost === null) {
        this.faults.push("nothing was lost, and it was refused");
        return;
      }
      this.accepted = new Map(first.refused.flatMap(({ stack, to }) => (to === null ? [] : [[stack, to] as const])));
      const second = await this.failOver("secondary", this.accepted);
      if (second.refused.length > 0) this.faults.push("it was refused although it was accepted");
      else this.did.push("accepted");
    } else this.did.push("went over");
    world.active = "secondary";
    for (const stack of stacks) await this.settle(world.root(stack));
  }

  /** An apply by the driver of verbs in the bucket that is worked with now, without questions. */
  private async settle(root: Root): Promise<void> {
    const { world } = this;
    world.write(root);
    const stack = () => new TerraformStack({ name: root.stack, folder: root.folder }, {}, { environment });
    if (hasErrored(root)) {
      const refused = await stack()
        .init()
        .then(
          () => "",
          (error: Error) => error.message,
        );
      if (!refused.includes("state push errored.tfstate")) this.faults.push(`errored.tfstate was not said: ${refused}`);
      await this.release(root);
    }
    const failed = await stack()
      .deploy()
      .then(
        () => "",
        (error: Error) => error.message,
      );
    if (failed !== "") this.faults.push(`${root.stack} cannot be applied in ${world.active}: ${failed.slice(0, 600)}`);
  }

  /** The region of the first bucket is back. */
  private async comeBack(): Promise<void> {
    const { world, moment } = this;
    world.objects.restore("states-north");
    const old = world.root(stacks[0], "old");
    world.write(old, "primary");
    if (moment.early) {
      // A lock that was left there holds it up all the same.
      this.wroteEarly = (await this.plainApply(old)) === 0;
      this.did.push(`an old checkout ${this.wroteEarly ? "wrote" : "was held up by a lock"}`);
    }
    await world.arrived();
    const lock = await viewOf(world.pair.primary, environment);
    for (const { id } of lock.reachable ? lock.locks.values() : []) {
      world.write(old, "primary");
      await world.init(old);
      const { code } = await world.terraform(old, ["force-unlock", "-force", id]);
      this.did.push("released the lock in the first bucket");
      if (code !== 0) this.faults.push(`force-unlock in the first bucket ended with ${code}`);
    }
    const again = await this.failOver("secondary", this.accepted);
    // What came on top of the newest state is no fork, and nothing has to be said of it.
    if (this.wroteEarly && !this.isForked()) this.wroteEarly = false;
    if (this.wroteEarly) {
      if (again.refused.length === 0) this.faults.push("an old checkout has forked the state, and it was not said");
      else this.did.push(`said: ${again.refused.map(({ stack, standing }) => `${stack} ${standing}`).join(", ")}`);
      return;
    }
    if (again.refused.length > 0) {
      // What was given up has come back below what was written since.
      const given = new Map(again.refused.flatMap(({ stack, to }) => (to === null ? [] : [[stack, to] as const])));
      this.did.push(`said: ${again.refused.map(({ stack, standing }) => `${stack} ${standing}`).join(", ")}`);
      const third = await this.failOver("secondary", given);
      if (third.refused.length > 0)
        this.faults.push(`${third.refused.map(({ says }) => says).join()}: cannot be gone on with`);
      for (const [stack, serial] of given)
        this.accepted.set(stack, Math.min(serial, this.accepted.get(stack) ?? serial));
    }
    world.write(old, "primary");
    if ((await this.plainApply(old)) === 0) this.faults.push("an old checkout could write into the fenced bucket");
  }

  /** To the first bucket again. */
  private async goBack(): Promise<void> {
    const { world } = this;
    await world.arrived();
    let result = await this.failOver("primary", new Map());
    if (
      result.refused.length > 0 &&
      result.refused.every(({ standing, stack }) => standing === "contested" && this.accepted.has(stack))
    ) {
      const given = new Map(result.refused.flatMap(({ stack, to }) => (to === null ? [] : [[stack, to] as const])));
      result = await this.failOver("primary", given);
    }
    if (result.refused.length + result.locks.length > 0) {
      this.faults.push(
        `cannot go back: ${[...result.refused.map(({ stack, says }) => `${stack}: ${says}`), ...result.locks.map(({ of }) => `${of} locked`)].join("; ")}`,
      );
      return;
    }
    world.active = "primary";
    for (const stack of stacks) await this.settle(world.root(stack));
    const old = world.root(stacks[0], "old");
    world.write(old, "secondary");
    if ((await this.plainApply(old)) === 0) this.faults.push("the second bucket was not fenced");
    this.did.push("went back");
  }

  /** Whether the newest serial has two contents, or the current state is older than it. */
  private isForked(): boolean {
    return stacks.some((stack) => {
      const serials = [...this.world.history(stack)].map(([key, contents]) => ({
        serial: Number(key.split(" ")[1]),
        contents,
      }));
      const newest = Math.max(...serials.map(({ serial }) => serial));
      const contents = serials.find(({ serial }) => serial === newest)?.contents.size ?? 0;
      return contents > 1 || this.world.serialIn("secondary", stack) < newest;
    });
  }

  /** No serial has two contents, but where one was given up by name, or somebody wrote past a fence that was not there. */
  private judgeHistory(): void {
    for (const stack of stacks) {
      const history = this.world.history(stack);
      const lineages = new Set([...history.keys()].map((key) => key.split(" ")[0]));
      if (lineages.size > 1) this.faults.push(`${stack} has ${lineages.size} lineages`);
      if (this.wroteEarly) continue;
      for (const [key, contents] of history) {
        const serial = Number(key.split(" ")[1]);
        const given = this.accepted.get(stack);
        if (contents.size > 1 && !(given !== undefined && serial > given))
          this.faults.push(`${stack}: serial ${serial} was forked`);
      }
    }
  }
}
