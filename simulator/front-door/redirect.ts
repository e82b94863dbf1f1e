import { isDeepStrictEqual } from "node:util";
import type { Json } from "../../terraform/json";
import { objectOf } from "../../terraform/json";
import { SimulatorError } from "../errors";
import {
  blocks,
  type Configuration,
  checkedData,
  hasExpression,
  type Labelled,
  labelled,
  settings,
} from "./configuration";
import type { Place, SimulatedStates } from "./states";

/** What has to be written over a configuration so that its states are simulated ones. */
export interface Redirection {
  /** The backend as written, with what `-backend-config` adds. */
  readonly from: Place;
  /** Undefined where the backend stays as it is. */
  readonly backend?: Place;
  /** The `terraform_remote_state` data sources that read another place, by name. */
  readonly remoteStates: Readonly<Record<string, Json>>;
}

/** The backend that a configuration names, without what is given on the command line; a local one where it names none. */
export function backendOf({ files }: Configuration): Place {
  let found: Place | undefined;
  for (const file of files) {
    if (found && !file.isOverride) continue;
    for (const block of settings(file)) {
      for (const [type, config] of blocks(block.backend).flatMap(Object.entries)) {
        found = { type, config: objectOf(blocks(config)[0]) };
      }
      if (block.cloud !== undefined) found = { type: "remote", config: objectOf(blocks(block.cloud)[0]) };
    }
  }
  return found ?? { type: "local", config: {} };
}

/**
 * Where the states of a configuration have to be.
 * @param partial what `-backend-config` has added
 * @throws SimulatorError for a state whose place is not known before Terraform runs
 */
export function redirect(configuration: Configuration, partial: Json, states: SimulatedStates): Redirection {
  const { folder } = configuration;
  const written = backendOf(configuration);
  const from = { type: written.type, config: { ...written.config, ...partial } };
  if (from.type !== "s3" && hasExpression(from.config)) {
    throw new SimulatorError(
      `${folder}: the backend "${from.type}" is configured by an expression, so its state is not known before Terraform runs. ` +
        "Write literal values for a simulation.",
    );
  }
  const [checked] = Object.keys(readElsewhere(checkedData(configuration), folder, states));
  if (checked !== undefined) {
    throw new SimulatorError(
      `${folder}: data.terraform_remote_state.${checked} reads a real state in a check block, where it cannot be replaced. ` +
        "Read it outside of the check.",
    );
  }
  const backend = states.placeOf(from, folder);
  const stays =
    backend.type === written.type &&
    isDeepStrictEqual(backend.config, written.config) &&
    states.isSimulated(backend, folder);
  return {
    from,
    ...(!stays && { backend }),
    remoteStates: readElsewhere(labelled(configuration, "data"), folder, states),
  };
}

/** Refuses modules that read states: what a module reads cannot be changed from outside. */
export function checkModule(configuration: Configuration, states: SimulatedStates): void {
  const all = [...labelled(configuration, "data"), ...checkedData(configuration)];
  const [name] = Object.keys(readElsewhere(all, configuration.folder, states));
  if (name !== undefined) {
    throw new SimulatorError(
      `${configuration.folder}: data.terraform_remote_state.${name} of this module reads a state outside of the simulated cloud. ` +
        "Read it in the root module, where it is replaced, and pass the values to the module.",
    );
  }
}

/** The data sources that read a state outside of the simulated cloud, with the arguments that read the simulated one. */
function readElsewhere(data: readonly Labelled[], folder: string, states: SimulatedStates): Record<string, Json> {
  const found: Record<string, Json> = {};
  for (const { type, name, body } of data) {
    if (type !== "terraform_remote_state") continue;
    const [config = {}] = blocks(body.config);
    const isKnown = typeof body.config !== "string" && typeof body.backend === "string" && !hasExpression(body.backend);
    const place = { type: String(body.backend), config: fromHere(config, folder) };
    if (!isKnown || (place.type === "local" && !beginsLiterally(place.config.path))) {
      throw new SimulatorError(
        `${folder}: data.terraform_remote_state.${name} names the state by an expression, so it is not known before Terraform runs. ` +
          'Write "backend" and "config" with literal values, a path at least with a literal beginning.',
      );
    }
    const replaced = states.placeOf(place, folder);
    if (replaced.type !== place.type || !isDeepStrictEqual(replaced.config, config)) {
      found[name] = { backend: replaced.type, config: replaced.config };
    }
  }
  return found;
}

/** Terraform runs in another folder than the one with the configuration. */
function fromHere(config: Json, folder: string): Json {
  const literal = (value: unknown): unknown =>
    typeof value === "string" ? value.replace(/^\$\{path\.(module|root|cwd)\}/, () => folder) : value;
  return Object.fromEntries(Object.entries(config).map(([name, value]) => [name, literal(value)]));
}

const beginsLiterally = (value: unknown): boolean => typeof value === "string" && !/^[$%]\{/.test(value);
