import { findProgram, type Program } from "../../terraform";
import { fetchProvider } from "./fetch";
import { type Machine, thisMachine } from "./machine";
import { awsProvider, findProvider } from "./provider";
import { unpackProvider } from "./unpack";

/** What the simulated cloud runs. */
export interface Prerequisites {
  terraform: Program;
  /** Path of the AWS provider's program. */
  provider: string;
}

/**
 * Finds Terraform and the AWS provider, and fetches the provider into `.evenkeel/providers` if it is nowhere else.
 * Throws a UserError of one sentence if Terraform is missing or too old, or if the provider cannot be installed.
 * @param say Called with a message before anything that takes long, e.g. the download.
 */
export async function checkPrerequisites(
  machine: Machine = thisMachine(),
  say: (line: string) => void = () => {},
): Promise<Prerequisites> {
  const terraform = await findProgram(machine);
  let found = findProvider(machine);
  if (!found) {
    say(`Fetching the AWS provider ${awsProvider.version} into .evenkeel/providers, once (about 150 MB).`);
    found = await fetchProvider(terraform.binary, machine);
  }
  if (found.packed) {
    say(`Unpacking the AWS provider ${awsProvider.version} into .evenkeel/providers, once (about 700 MB).`);
    found = await unpackProvider(found.path, machine);
  }
  return { terraform, provider: found.path };
}
