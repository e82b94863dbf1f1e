import { defineEnvironment } from "../../../config";
import prod from "../../../environments/prod";
import { synthesizedStacks } from "../../frozen/synthesize";
import { ledgerOf } from "../../support/databases";
import { hasMoto } from "../../support/moto";
import { temporaryFolder } from "../../support/temporary-folder";
import { type Applied, account, type Cloud, startMotoCloud, startSimulatedCloud } from "./clouds";
import { compareStates, type Difference } from "./compare";
import { type KnownDifference, knownDifferences, notCarried } from "./known-differences";
import { oneRoot } from "./one-root";

const minutes = 60_000;

/**
 * Prod at its first stage, without the types that moto does not carry. With one database: whichever global cluster is asked for, moto answers
 * with all, and the provider takes more than one for none.
 */
function configuration() {
  const { services, ...rest } = prod.input;
  const [ledger] = ledgerOf(prod.input);
  const environment = defineEnvironment({
    ...rest,
    databases: [ledger],
    services: services?.filter(({ database }) => !database || database.name === ledger.name),
  });
  const stacks = synthesizedStacks(environment, { stage: "foundation", withoutVault: true }, temporaryFolder());
  return oneRoot(stacks, {
    account,
    leftOut: new Set(Object.keys(notCarried)),
    zones: { Z0PRODEXAMPLE: "example.com" },
  });
}

const explains = ({ type, paths }: Pick<KnownDifference, "type" | "paths">, difference: Difference): boolean =>
  type === difference.type &&
  paths.some((path) => difference.path === path || [".", "["].some((next) => difference.path.startsWith(path + next)));

const describeWithMoto = hasMoto() ? describe : describe.skip;

describeWithMoto("The stacks of prod on moto and on the simulated cloud", () => {
  let moto: Applied;
  let simulated: Applied;
  let differences: Difference[];

  beforeAll(async () => {
    const root = configuration();
    const appliedTo = async (start: () => Promise<Cloud>): Promise<Applied> => {
      const cloud = await start();
      try {
        return await cloud.apply(root);
      } finally {
        await cloud.stop();
      }
    };
    moto = await appliedTo(startMotoCloud);
    simulated = await appliedTo(startSimulatedCloud);
    differences = compareStates(moto.states, simulated.states);
  }, 20 * minutes);

  test("apply without an error, at the same addresses", () => {
    expect({ moto: [...moto.errors], simulated: [...simulated.errors] }).toEqual({ moto: [], simulated: [] });
    expect([...moto.states.keys()].sort()).toEqual([...simulated.states.keys()].sort());
    expect(moto.states.size).toBeGreaterThan(150);
  });

  test("leave equal states, ids aside, but for what one of them answers otherwise than AWS", () => {
    expect(differences.filter((difference) => !knownDifferences.some((known) => explains(known, difference)))).toEqual(
      [],
    );
  });

  const always = knownDifferences.filter(({ sometimes }) => !sometimes);

  test.each(always.map((known) => [`${known.type} ${known.paths.join(", ")}`, known] as const))(
    "still differ in %s",
    (_title, { type, paths }) => {
      const met = (path: string): boolean =>
        differences.some((difference) => explains({ type, paths: [path] }, difference));
      expect(paths.filter((path) => !met(path))).toEqual([]);
    },
  );
});
