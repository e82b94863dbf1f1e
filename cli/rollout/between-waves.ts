import { type BaseEnvironment, healthyForMinutes } from "../../contract";
import { UserError } from "../../errors";
import {
  AlarmsBeforeError,
  type Aliases,
  alarmsOf,
  alarmsOn,
  BundleFileError,
  type Clock,
  type HealthAsking,
  isSameOrder,
  type Journal,
  JournalError,
  type MovedAlias,
  movedAliases,
  type ReviewedStack,
  type TakenBack,
  takeBack,
  UnhealthyError,
  type Wave,
  WayBackError,
  waitForHealth,
} from "../../rollout";
import { type Json, objectOf, readSynthesizedStacks, TerraformStack } from "../../terraform";
import { counted } from "../counts-in-words";
import { ask } from "../deployment/question";
import { note } from "../note";
import { step } from "../step";
import { healthAsking, lambdaAliases } from "./asking";
import { checksIn } from "./checks";
import { realClock } from "./clock";
import { wavesOfPlans } from "./planned-waves";
import { type ApiAddress, addressesIn } from "./request";

/** What is said on the command line of health and of the way back. */
export interface WaveOptions {
  /** Comma-separated names of alarms that do not count. */
  readonly despiteAlarms?: string;
  /** What to do without a question once services are not healthy. */
  readonly onAlarm?: "stop" | "back";
}

/** What goes on between the waves of one rollout. */
export interface BetweenWavesOptions extends WaveOptions {
  /** The bundle's file. */
  readonly file: string;
  readonly environment: BaseEnvironment;
  /** The cdktf output folder of the bundle. */
  readonly output: string;
  readonly waves: readonly Wave[];
  readonly reviewed: readonly ReviewedStack[];
  readonly journal: Journal;
  readonly signal?: AbortSignal;
  /** Who is asked, in place of AWS; for tests. */
  readonly asking?: HealthAsking;
  readonly aliases?: Aliases;
  readonly clock?: Clock;
  /** The state of a stack, as `terraform state pull` prints it; for tests. */
  readonly stateOf?: (stack: string) => Promise<Json>;
  readonly simulated?: boolean;
}

/** Health between the waves of a rollout, and the way back from a wave that is not healthy. */
export class BetweenWaves {
  private readonly minutes: number;
  private readonly ignored: ReadonlySet<string>;
  private readonly clock: Clock;
  private readonly simulated: boolean;
  private readonly addresses = new Map<string, ApiAddress>();
  private asking: HealthAsking | undefined;
  private alarms: ReadonlyMap<string, readonly string[]> | undefined;

  constructor(private readonly options: BetweenWavesOptions) {
    const { environment, despiteAlarms = "" } = options;
    const { rollout, disposable } = environment;
    this.minutes = healthyForMinutes(rollout, disposable);
    const despite = despiteAlarms.split(",").filter((name) => name !== "");
    this.ignored = new Set([...rollout.ignoredAlarms.map(({ name }) => name), ...despite]);
    this.clock = options.clock ?? realClock;
    this.simulated = options.simulated ?? Boolean(process.env.EVENKEEL_SIMULATED);
  }

  /**
   * Looks at everything that would stop the rollout before it begins.
   * @throws BundleFileError for waves in another order than they would be now; WayBackError for a rollout that was taken back;
   *   AlarmsBeforeError for alarms that are on
   */
  async before(): Promise<void> {
    const { file, waves, journal, reviewed, environment, signal } = this.options;
    this.checkOrder();
    const back = waves.map((wave) => journal.ofWave(wave.stacks)).find((one) => one?.step === "taken back");
    if (back) {
      throw new WayBackError(
        `${file}: was taken back on ${back.at}, so that it cannot be applied any more. Plan again: the plan shows the aliases that were put back`,
      );
    }
    const regions = waves
      .filter(({ region, stacks }) => region !== null && journal.ofWave(stacks)?.step !== "healthy")
      .filter(({ stacks }) => reviewed.some(({ stack, hasChanges }) => hasChanges && stacks.includes(stack)))
      .flatMap(({ region }) => region ?? []);
    if (regions.length === 0) return;
    if (this.minutes === 0) {
      note("Nobody asks whether services are healthy between waves, as rollout.healthyForMinutes is 0.");
      return;
    }
    if (this.simulated)
      note(
        "The simulated cloud has no time to wait for and no APIs that answer: alarms are asked once after each wave.",
      );
    for (const { name, reason } of environment.rollout.ignoredAlarms) note(`Ignored: alarm ${name} (${reason})`);
    const asking = this.asked();
    const on = await alarmsOn([...new Set(regions)], { asking, ignored: this.ignored, clock: this.clock, signal });
    if (on.length > 0) throw new AlarmsBeforeError(on);
  }

  /**
   * Waits until the region of a wave was healthy for as long as it should be.
   * @throws UnhealthyError if it is not, after the way back where that is meant
   */
  async after(wave: Wave, changed: boolean): Promise<void> {
    const { journal, environment, signal } = this.options;
    const { region, stacks } = wave;
    if (region === null || !changed || this.minutes === 0 || journal.ofWave(stacks)?.step === "healthy") return;
    const asking = this.asked();
    const checks = this.simulated ? [] : checksIn(environment, region);
    await this.findAddresses(wave);
    const minutes = this.simulated ? 0 : this.minutes;
    const problems = await step(
      `${region}: ${minutes === 0 ? "asking whether it is healthy" : `waiting until it was healthy for ${minutes} minutes`}, by ${counted(this.alarmNames(region).length, "alarm")} and ${counted(checks.length, "check")}`,
      (say) =>
        waitForHealth({
          region,
          checks,
          forMs: minutes * 60_000,
          everyMs: environment.rollout.askEverySeconds * 1000,
          ignored: this.ignored,
          asking,
          clock: this.clock,
          signal,
          onHealthy: (leftMs) => say(`healthy so far; ${Math.ceil(leftMs / 60_000)} minutes left`),
        }),
      (found) => `${region}: ${found.length === 0 ? "healthy" : "not healthy"}`,
    ).catch((error: unknown) => {
      if (!signal?.aborted) throw error;
      throw new UserError(
        `${region}: stopped while it was not known whether it is healthy; the same command asks again, and goes on`,
      );
    });
    if (problems.length === 0) await journal.noteWave(stacks, "healthy");
    else await this.stopAt(wave, problems);
  }

  /**
   * Puts the aliases of the last wave back that was not healthy, or whose health nobody has seen to its end.
   * @throws WayBackError if there is no such wave
   */
  async wayBack(): Promise<readonly TakenBack[]> {
    const { file, waves, journal, environment } = this.options;
    const applied = waves.filter(
      ({ region, stacks }) => region !== null && stacks.every((stack) => journal.of(stack)?.step === "done"),
    );
    const wave = applied.filter(({ stacks }) => this.moved(stacks).length > 0).at(-1);
    const before = wave && journal.ofWave(wave.stacks)?.step;
    if (!wave || before === "healthy") {
      throw new WayBackError(
        wave
          ? `${file}: its last wave (${wave.region}) was healthy for as long as it should be; to go back, plan the former code`
          : `${file}: has no wave that ${environment.state.backend === "local" ? "was applied from this checkout" : "was applied"} and has moved an alias, so there is nothing to take back`,
      );
    }
    return this.takeBack(wave);
  }

  private checkOrder(): void {
    const { file, environment, output, waves, reviewed } = this.options;
    const now = wavesOfPlans(environment, output, reviewed);
    if (isSameOrder(now.waves, waves)) return;
    throw new BundleFileError(
      `${file}: goes in other waves than its plans ask for: ${inWords(now.waves)}; plan again with this version of evenkeel`,
    );
  }

  private alarmNames(region: string): readonly string[] {
    this.alarms ??= alarmsOf(this.options.output);
    return this.alarms.get(region) ?? [];
  }

  private asked(): HealthAsking {
    const { environment } = this.options;
    this.asking ??=
      this.options.asking ??
      healthAsking({
        account: environment.account,
        alarmNames: (region) => this.alarmNames(region),
        address: ({ service, region }) => this.addresses.get(`${environment.name}-${service} ${region}`),
      });
    return this.asking;
  }

  private async findAddresses({ region, stacks }: Wave): Promise<void> {
    if (this.simulated) return;
    for (const stack of stacks)
      for (const [name, address] of addressesIn(await this.stateOf(stack)))
        this.addresses.set(`${name} ${region}`, address);
  }

  private stateOf(stack: string): Promise<Json> {
    const { stateOf, output, environment } = this.options;
    if (stateOf) return stateOf(stack);
    const folder = readSynthesizedStacks(output).find(({ name }) => name === stack);
    if (!folder) throw new Error(`${stack} is not in ${output}`);
    return new TerraformStack(folder, {}, { environment: environment.name }).state();
  }

  private moved(stacks: readonly string[]): MovedAlias[] {
    const { reviewed, waves } = this.options;
    const region = waves.find((wave) => wave.stacks === stacks)?.region ?? "";
    return reviewed.filter(({ stack }) => stacks.includes(stack)).flatMap(({ plan }) => movedAliases(plan, region));
  }

  private async takeBack(wave: Wave): Promise<TakenBack[]> {
    const { journal, environment } = this.options;
    const versions = new Map<string, string>();
    for (const stack of wave.stacks)
      for (const [alias, version] of versionsIn(await this.stateOf(stack))) versions.set(alias, version);
    const aliases = this.options.aliases ?? lambdaAliases(environment.account);
    const done = await takeBack(this.moved(wave.stacks), versions, aliases);
    await journal.noteWave(wave.stacks, "taken back").catch((error: Error) => {
      throw new JournalError([...done.map(backInWords), error.message].join("\n"));
    });
    return done;
  }

  private async stopAt(wave: Wave, problems: readonly string[]): Promise<never> {
    const { file, waves, journal, onAlarm, signal } = this.options;
    // Told together with what is not healthy, and the way back is gone all the same.
    const unrecorded = await journal.noteWave(wave.stacks, "stopped").then(
      () => [],
      (error: Error) => [error.message],
    );
    const at = waves.indexOf(wave);
    const left = waves.slice(at + 1);
    const moved = this.moved(wave.stacks);
    const lines = [
      `${wave.region}: is not healthy after its wave:`,
      ...problems.map((problem) => `  ${problem}`),
      ...unrecorded,
      `Applied: ${inWords(waves.slice(0, at + 1))}.`,
      left.length === 0 ? "No wave is left." : `Not applied: ${inWords(left)}.`,
    ];
    const command = `evenkeel apply ${file} --way-back`;
    if (moved.length === 0) {
      lines.push(
        "This wave has moved no alias of a function to another version, so there is no way back but another rollout.",
      );
      throw new UnhealthyError(lines.join("\n"));
    }
    const words = moved.map(({ functionName, alias, before }) => `${functionName}:${alias} to version ${before}`);
    const isAsked = onAlarm === undefined && process.stdin.isTTY;
    if (isAsked) note(lines.join("\n"));
    const isMeant =
      onAlarm === "back" || (isAsked && (await ask(`Put back ${words.join(", ")}? (yes, no) `, signal)) === "yes");
    if (!isMeant) {
      lines.push(
        `The way back: \`${command}\` puts ${words.join(", ")} in ${wave.region}.`,
        "To go on once it is healthy again: the same command as before.",
      );
      throw new UnhealthyError(lines.join("\n"));
    }
    const done = await this.takeBack(wave).catch((error: unknown) => {
      throw new UnhealthyError([...lines, `It could not be taken back: ${(error as Error).message}`].join("\n"));
    });
    throw new UnhealthyError([...lines, ...done.map(backInWords), "Plan again to go on from there."].join("\n"));
  }
}

/** What became of an alias, in a sentence. */
export const backInWords = ({ functionName, alias, region, before, result }: TakenBack): string =>
  `${functionName}:${alias} in ${region} is ${result === "moved" ? "back " : ""}at version ${before}.`;

const inWords = (waves: readonly Wave[]): string =>
  waves.map(({ stacks }) => stacks.join(" with ")).join(", ") || "nothing";

/** The version that each alias is at by the state of a stack, by `<function>:<alias>`. */
function versionsIn(state: Json): Map<string, string> {
  return new Map(
    ((state.resources ?? []) as Json[])
      .filter(({ type }) => type === "aws_lambda_alias")
      .flatMap(({ instances }) => (instances as Json[]).map(({ attributes }) => objectOf(attributes)))
      .map((one) => [`${one.function_name}:${one.name}`, String(one.function_version)]),
  );
}
