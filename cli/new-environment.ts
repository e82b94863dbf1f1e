import type { Project } from "../config";
import { type EnvironmentAnswers, ScaffoldError, type StateAnswers } from "../scaffold";
import type { Answers } from "./answers";

/** What the options of `add environment` say about it. */
export interface EnvironmentOptions {
  readonly account?: string;
  readonly home?: string;
  readonly standby?: readonly string[];
  readonly email?: string;
  readonly stateBucket?: string;
  readonly stateRegion?: string;
  readonly stateKey?: string;
  readonly tags?: readonly string[];
}

type Asked = Omit<EnvironmentAnswers, "name" | "stage">;

/** What a new environment states besides its name and stage. What the project's organisation gives is not asked for. */
export async function askForEnvironment(
  { environments: [like], organisation }: Project,
  options: EnvironmentOptions,
  answers: Answers,
): Promise<Asked> {
  const { defaults, limits } = organisation;
  const stated = like?.stated;
  const state = stateOf(options, defaults.state);
  const account = await oneOf(
    limits.accounts,
    options.account,
    "AWS account, 12 digits",
    stated?.account ?? "111111111111",
    answers,
  );
  const home = await oneOf(
    limits.regions,
    options.home,
    "Region that serves the traffic",
    stated?.regions.home ?? "eu-west-1",
    answers,
  );
  const standby = (stated?.regions.standby ?? []).filter(
    (region) => region !== home && (limits.regions?.includes(region) ?? true),
  );
  const email = defaults.alerts.emails?.length
    ? options.email
    : await answers.text(options.email, "Where alarms go", stated?.alerts?.emails?.[0] ?? "platform@example.com");
  const tags = await tagsOf(options.tags, organisation, answers);
  return { account, home, standby: options.standby ?? standby, email, state, tags };
}

type Organisation = Project["organisation"];

/** One value of those that the organisation allows; any where it has no limit. */
async function oneOf(
  allowed: readonly string[] | undefined,
  given: string | undefined,
  message: string,
  likely: string,
  answers: Answers,
): Promise<string> {
  if (!allowed) return answers.text(given, message, likely);
  const [first = likely] = allowed;
  if (allowed.length === 1) return given ?? first;
  const choices = allowed.map((value) => ({ value, name: value }));
  return answers.choice(given, message, choices, allowed.includes(likely) ? likely : first);
}

const stateOptions = { bucket: "--state-bucket", region: "--state-region", kmsKeyArn: "--state-key" } as const;

function stateOf(
  { stateBucket: bucket, stateRegion: region, stateKey: kmsKeyArn }: EnvironmentOptions,
  given: Organisation["defaults"]["state"],
): StateAnswers | undefined {
  const own: StateAnswers = { bucket, region, kmsKeyArn };
  const names = Object.keys(stateOptions) as (keyof typeof stateOptions)[];
  const isGiven = Object.keys(given).length > 0;
  if (!isGiven && names.every((name) => !own[name])) return undefined;
  const missing = names.filter((name) => !own[name] && given[name] === undefined);
  if (missing.length === 0) return own;
  if (!isGiven) {
    throw new ScaffoldError(
      "state in S3 needs --state-bucket, --state-region and --state-key together; name all of them, or none for local state",
    );
  }
  throw new ScaffoldError(
    `organisation.defaults.state of evenkeel.config.ts gives no ${missing.join(", ")}; add ${missing.map((name) => stateOptions[name]).join(", ")}`,
  );
}

/** The tags of the options, and those that the organisation requires and has no default for. */
async function tagsOf(
  given: readonly string[] = [],
  { defaults, limits }: Organisation,
  answers: Answers,
): Promise<Record<string, string>> {
  const tags = Object.fromEntries(given.map(keyAndValue));
  for (const [key, { values }] of Object.entries(limits.requiredTags)) {
    if (Object.hasOwn(tags, key) || Object.hasOwn(defaults.tags, key)) continue;
    const value = await answers.text(undefined, `Tag ${key}${values ? `: ${values.join(", ")}` : ""}`, "");
    if (value !== "") tags[key] = value;
  }
  return tags;
}

function keyAndValue(text: string): [string, string] {
  const at = text.indexOf("=");
  if (at > 0) return [text.slice(0, at), text.slice(at + 1)];
  throw new ScaffoldError(
    `--tags contains ${JSON.stringify(text)}, which is no tag; write key=value, with commas between tags`,
  );
}
