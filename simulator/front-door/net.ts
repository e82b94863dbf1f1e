import path from "node:path";
import { SimulatorError } from "../errors";
import type { Peer } from "../peer";
import { environmentOf } from "../process-tree";
import { flagsOf, parseCommandLine, positions } from "./command-line";
import { initializedFor, SimulatedStates } from "./states";

/**
 * Refuses a Terraform that has come past the launchers and whose state is not a simulated one, before it changes anything.
 * @param peer the process; nothing is checked where the system does not tell
 * @param isolation the variables that keep an S3 backend to the simulated S3
 * @throws SimulatorError naming the state
 */
export function checkPeer(peer: Peer | undefined, directory: string, isolation: NodeJS.ProcessEnv): void {
  if (!peer) return;
  const outside = stateOutside(peer, new SimulatedStates(directory), isolation);
  if (outside === undefined) return;
  throw new SimulatorError(
    `Terraform in ${peer.folder} was not started by the simulated cloud's own launcher, and its state is a real one (${outside}). ` +
      'Nothing was changed. Start it as "terraform", found by PATH, or as TERRAFORM_BINARY_NAME says.',
  );
}

function stateOutside(
  { pid, folder, args }: Peer,
  states: SimulatedStates,
  isolation: NodeJS.ProcessEnv,
): string | undefined {
  const line = parseCommandLine(args);
  for (const { name, value } of flagsOf(args)) {
    if (/^(state|state-out)$/.test(name) && !states.has(path.resolve(folder, value))) return value;
  }
  const [plan] = line.command === "apply" ? positions(line) : [];
  if (plan !== undefined && !states.has(path.resolve(folder, line.args[plan] ?? "")))
    return `in the plan ${line.args[plan]}`;
  const environment = environmentOf(pid);
  const data = path.resolve(folder, environment.get("TF_DATA_DIR") || ".terraform");
  const { type, config } = initializedFor(path.join(data, "terraform.tfstate"));
  const changed = Object.entries(isolation).find(([name, value]) => environment.get(name) !== value);
  if (type === "s3" && changed) return `backend "s3", with another ${changed[0]} than the simulated cloud's`;
  if (states.isSimulated({ type, config }, folder)) return undefined;
  return type === "local" ? path.resolve(folder, String(config.path ?? "terraform.tfstate")) : `backend "${type}"`;
}
