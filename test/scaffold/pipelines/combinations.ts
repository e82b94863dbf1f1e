import {
  defaultSettings,
  filesOfPipeline,
  inOrderOfPromotion,
  type PipelineEnvironment,
  type PipelinePreviews,
  type PipelineSettings,
  type PipelineSystem,
} from "../../../scaffold/pipelines";

const of = (name: string, rest: Partial<PipelineEnvironment> = {}): PipelineEnvironment => ({
  name,
  account: "444444444444",
  home: "eu-west-1",
  standby: ["eu-central-1"],
  encrypted: false,
  waitMinutes: 30,
  ...rest,
});

/** Environments with and without promotion, and with bundles that are encrypted, are not, and both. */
export const environmentsOf: Readonly<Record<string, readonly PipelineEnvironment[]>> = {
  "one, not encrypted": [of("prod")],
  "one, encrypted": [of("prod", { encrypted: true, standby: [], waitMinutes: 0 })],
  "two side by side": [of("qa-east"), of("qa-west", { encrypted: true })],
  "a chain, listed the other way round": [
    of("prod", { promotedFrom: "staging", encrypted: true, waitMinutes: 400 }),
    of("staging", { promotedFrom: "dev", encrypted: true }),
    of("dev"),
  ],
  "promoted from elsewhere": [of("prod", { promotedFrom: "staging" })],
};

export const previews: PipelinePreviews = {
  name: "pr",
  account: "222222222222",
  home: "eu-west-1",
  standby: ["eu-central-1"],
  expiresAfterHours: 48,
};

/** Every option with each value that makes another file. */
const values = {
  branch: ["main", "release/1.x"],
  install: ["npm ci --ignore-scripts", `corepack enable && pnpm install --frozen-lockfile # "it's: {odd}"`],
  runner: [undefined, "self-hosted"],
  drift: ["17 4 * * *", "none"],
  onAlarm: ["stop", "back"],
  scan: [false, true],
  codeScanning: [false, true],
  automatic: [false, true],
  repository: [undefined, "gitlab.example.com/acme/infra/platform"],
} as const;

/** Options that change files of a system. */
const relevant: Readonly<Record<PipelineSystem, readonly (keyof typeof values)[]>> = {
  github: ["branch", "install", "runner", "drift", "onAlarm", "scan", "codeScanning"],
  gitlab: ["branch", "install", "runner", "drift", "onAlarm", "scan", "automatic"],
  atlantis: ["branch", "install", "onAlarm", "repository"],
};

export interface Combination {
  readonly title: string;
  readonly settings: PipelineSettings;
  readonly environments: readonly PipelineEnvironment[];
  readonly files: ReadonlyMap<string, string>;
}

/** Every combination of the options of a system; without `all`, those in which one option is not as it is by default, or every one. */
function choicesOf(system: PipelineSystem, all: boolean): readonly Readonly<Record<string, unknown>>[] {
  const keys = relevant[system];
  const choices = keys.reduce<readonly Record<string, unknown>[]>(
    (before, key) => before.flatMap((one) => values[key].map((value) => ({ ...one, [key]: value }))),
    [{}],
  );
  const changed = (one: Record<string, unknown>) => keys.filter((key) => one[key] !== values[key][0]).length;
  return all ? choices : choices.filter((one) => changed(one) <= 1 || changed(one) === keys.length);
}

/** Combinations of the options of a system, with every kind of environments. */
export function combinationsOf(system: PipelineSystem, all: boolean): readonly Combination[] {
  return Object.entries(environmentsOf).flatMap(([kind, listed]) =>
    choicesOf(system, all).map((choice) => {
      const environments = inOrderOfPromotion(listed);
      const names = environments.map(({ name }) => name);
      const { automatic, ...rest } = choice;
      const settings: PipelineSettings = {
        ...defaultSettings,
        ...rest,
        automatic: automatic ? names.slice(0, 1) : [],
        environments: names,
      };
      // Of one kind of environments, the project has previews as well.
      const files = filesOfPipeline(system, settings, environments, kind === "one, encrypted" ? previews : undefined);
      return { title: `${kind}: ${JSON.stringify(choice)}`, settings, environments, files };
    }),
  );
}

/** Every different text that combinations have, by path; most options do not change every file. */
export function differentFiles(system: PipelineSystem, all: boolean): readonly PipelineFile[] {
  const seen = new Map<string, PipelineFile>();
  for (const { files } of combinationsOf(system, all)) {
    for (const [path, text] of files) seen.set(`${path}\n${text.split("\n").slice(2).join("\n")}`, [path, text]);
  }
  return [...seen.values()];
}

export type PipelineFile = readonly [path: string, text: string];
