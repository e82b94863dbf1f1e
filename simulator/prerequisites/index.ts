import { findProgram, type Program } from "../../terraform";
import { fetchProvider } from "./fetch";
import { type Machine, thisMachine } from "./machine";
import { findProvider, PROVIDER } from "./provider";
import { unpackProvider } from "./unpack";

/** What the simulated cloud runs. */
export interface Prerequisites {
  terraform: Program;
  /** Path of the AWS provider's program. */
  provider: string;
}

/**
 * Finds Terraform and the AWS provider, and fetches the provider into `.evenkeel/providers` when it is nowhere else.
 * Throws a UserError of one sentence for a missing or too old Terraform and for a provider that cannot be had.
 * @param say Told what takes long, e.g. the download.
 */
export async function checkPrerequisites(
  machine: Machine = thisMachine(),
  say: (line: string) => void = () => {},
): Promise<Prerequisites> {
  const terraform = await findProgram(machine);
  let found = findProvider(machine);
  if (!found) {
    say(`Fetching the AWS provider ${PROVIDER.version} into .evenkeel/providers, once (about 150 MB).`);
    found = await fetchProvider(terraform.binary, machine);
  }
  if (found.packed) {
    say(`Unpacking the AWS provider ${PROVIDER.version} into .evenkeel/providers, once (about 700 MB).`);
    found = await unpackProvider(found.path, machine);
  }
  return { terraform, provider: found.path };
}
