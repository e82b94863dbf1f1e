import { UserError } from "../../errors";
import { type Clash, clashesOf, type Values } from "../../identity";
import { checkOfStacks } from "./check-of-stacks";

/** Several resources of an app would be one thing in AWS. */
export class NameClashError extends UserError {
  override readonly name = "NameClashError";

  constructor(readonly clashes: readonly Clash[]) {
    const count = clashes.length === 1 ? "1 name is" : `${clashes.length} names are`;
    super(
      [
        `${count} given more than once; AWS refuses the second, or lets it overwrite the first`,
        ...clashes.map(show),
      ].join("\n"),
    );
  }
}

function show({ identity, place, owners }: Clash): string {
  const region = identity.region ?? place.region;
  const where = {
    region: `in ${region} of ${place.account}`,
    account: `in all regions of ${place.account}`,
    partition: `for everybody in the partition of ${region}`,
  }[identity.scope];
  const addresses = owners.map(({ stack, address }) => `\n    ${stack}: ${address}`).join("");
  return `  ${identity.name}, ${where}: rename one of what these belong to in its environment file, or remove one${addresses}`;
}

/**
 * Lets the synthesis of the app fail if resources of any of its stacks, in one account, would be one thing in AWS.
 * Only what is known at synthesis is compared: literal names, and references to one attribute of one resource.
 */
export const checkNamesOf = checkOfStacks({
  name: "names",
  together: true,
  check(stacks) {
    const clashes = clashesOf(stacks.map(({ name, terraform }) => ({ stack: name, terraform: terraform as Values })));
    if (clashes.length > 0) throw new NameClashError(clashes);
  },
});
