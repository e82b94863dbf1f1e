import { join } from "node:path";
import type { Violation } from "../../contract";
import type { Caught } from "../../scripts/deployment-mutations/mutation";
import { deploymentMutations, shownCaught } from "../../scripts/deployment-mutations/page";
import { DeployedProd, type End } from "./deployment-mutations/deployed-prod";

const minutes = 60_000;

const shown = ({ rule, address, message }: Violation) => `${rule} ${address}: ${message}`;

/** What is wrong with the end of a change; undefined if it is the one that the table tells. */
function problemOf(caught: Caught, end: End | undefined): string | undefined {
  const found =
    end === undefined
      ? "not tried"
      : "refused" in end
        ? `${end.refused}: ${end.says}`
        : end.map(shown).join("\n") || "nothing";
  if (end === undefined) return found;
  if ("harmless" in caught) return "refused" in end || end.length > 0 ? found : undefined;
  if ("says" in caught)
    return "refused" in end && end.refused === caught.by && caught.says.test(end.says) ? undefined : found;
  const isIt = ({ rule, address, removes = address }: Violation) =>
    rule === caught.by && (!caught.at || caught.at.test(removes));
  return !("refused" in end) && end.some(isIt) ? undefined : found;
}

/** The changes of the page are what the page says: caught where it says so, or nothing that a gate asks about. */
describe("A change of deployed prod", () => {
  let deployed: DeployedProd;
  let count = 0;

  beforeAll(async () => {
    deployed = await DeployedProd.deploy(join(".evenkeel", "test", "deployment-mutations"));
  }, 6 * minutes);
  afterAll(async () => {
    await deployed?.stop();
    process.stdout.write(`${count} changes\n`);
  });

  test(
    "is none, and no gate has anything to say",
    async () => {
      expect((await deployed.unchanged()).map(shown)).toEqual([]);
    },
    5 * minutes,
  );

  test.each(deploymentMutations.map(({ title, mutations }) => [title, mutations] as const))(
    "is caught where the page says: %s",
    async (_title, mutations) => {
      const ends = await deployed.endsOf(mutations);
      const wrong = mutations.flatMap((mutation) => {
        const problem = problemOf(mutation.caught, ends.get(mutation));
        count += 1;
        // The table is the report of this proof.
        process.stdout.write(`${mutation.what}\t${problem ? `WRONG: ${problem}` : shownCaught(mutation.caught)}\n`);
        return problem ? [`${mutation.what}\n  expected ${shownCaught(mutation.caught)}\n  found ${problem}`] : [];
      });
      expect(wrong).toEqual([]);
    },
    15 * minutes,
  );
});
