import { SimulatorError } from "../errors";
import { blocks, type Configuration, checkedData, labelled, settings } from "./configuration";

/** Names what a simulation may run for real, separated by commas: `local-exec,hashicorp/local`. */
export const allowVariable = "EVENKEEL_ALLOW_REAL";

/** Providers that reach nothing outside of Terraform's state, and the one that is simulated. */
const harmless = new Set([
  "hashicorp/archive",
  "hashicorp/aws",
  "hashicorp/cloudinit",
  "hashicorp/null",
  "hashicorp/random",
  "hashicorp/template",
  "hashicorp/time",
  "hashicorp/tls",
  "terraform.io/builtin/terraform",
]);

/**
 * Refuses a configuration that would change something real: only AWS is simulated, other providers and provisioners run.
 * @throws SimulatorError naming each of them, unless it is allowed
 */
export function checkRealThings(configuration: Configuration, env: NodeJS.ProcessEnv): void {
  const allowed = new Set((env[allowVariable] ?? "").split(",").map((name) => name.trim()));
  const found = [...providersOf(configuration), ...provisionersOf(configuration)];
  const refused = [...new Set(found)].filter((name) => !harmless.has(name) && !allowed.has(name)).sort();
  if (refused.length === 0) return;
  throw new SimulatorError(
    `${configuration.folder}: uses ${refused.join(", ")}, which would run for real: only AWS is simulated. ` +
      `If what they do is meant in a simulation too, set ${allowVariable}=${refused.join(",")}.`,
  );
}

/** The sources of the providers that a configuration uses, `hashicorp/random`. */
function providersOf(configuration: Configuration): string[] {
  const required = new Map<string, unknown>(
    configuration.files
      .flatMap(settings)
      .flatMap((block) => blocks(block.required_providers))
      .flatMap(Object.entries),
  );
  const configured = configuration.files
    .flatMap(({ roots }) => roots)
    .flatMap((root) => blocks(root.provider))
    .flatMap(Object.keys);
  const used = ["resource", "data", "ephemeral"]
    .flatMap((kind) => labelled(configuration, kind))
    .concat(checkedData(configuration))
    .map(({ type, body }) => providerOf(body.provider) ?? (type.split("_")[0] || type));
  const names = [...configured, ...used, ...required.keys()];
  return names.map((name) => sourceOf(name, required.get(name)));
}

/** The local name in `aws.west` or `${aws.west}`. */
const providerOf = (value: unknown): string | undefined =>
  typeof value === "string" ? value.replace(/^\$\{|\}$/g, "").split(".")[0] : undefined;

function sourceOf(name: string, required: unknown): string {
  const { source } = (typeof required === "object" ? (required ?? {}) : {}) as { source?: unknown };
  if (typeof source !== "string") return name === "terraform" ? "terraform.io/builtin/terraform" : `hashicorp/${name}`;
  const plain = source.toLowerCase().replace(/^registry\.(terraform\.io|opentofu\.org)\//, "");
  return plain.includes("/") ? plain : `hashicorp/${plain}`;
}

/** The kinds of provisioners, `local-exec`. */
function provisionersOf(configuration: Configuration): string[] {
  const removed = configuration.files.flatMap(({ roots }) => roots).flatMap((root) => blocks(root.removed));
  return [...labelled(configuration, "resource").map(({ body }) => body), ...removed]
    .flatMap((body) => blocks(body.provisioner))
    .flatMap(Object.keys);
}
