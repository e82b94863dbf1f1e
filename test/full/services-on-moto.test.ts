import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { type EnvironmentDefinition, stages } from "../../config";
import prod from "../../environments/prod";
import sandbox from "../../environments/sandbox";
import { resourcesOf, type StackJson, type SynthesizedStack } from "../../terraform";
import { synthesizedStacks } from "../frozen/synthesize";
import { hasMoto, type Moto, startMoto } from "../support/moto";
import { OnMoto } from "../support/on-moto/configuration";
import { leftOut, replacedOnMoto } from "../support/on-moto/left-out";
import { MotoStack, terraformOnMoto } from "../support/on-moto/terraform";
import { temporaryFolder } from "../support/temporary-folder";

const minutes = 60_000;
const variants = [sandbox, prod].flatMap((environment) =>
  stages.map((stage) => ({ title: `${environment.name} at ${stage}`, environment, stage })),
);

const typeOf = (address: string): string => address.split(".")[0] ?? "";
const isServices = ({ name }: SynthesizedStack): boolean => name.includes("-services-");

function write(folder: string, terraform: StackJson): string {
  mkdirSync(folder, { recursive: true });
  // In lines, because Terraform's messages quote the one that is at fault.
  writeFileSync(join(folder, "cdk.tf.json"), JSON.stringify(terraform, null, 2));
  return folder;
}

(hasMoto() ? describe : describe.skip)("From nothing, through the real provider against moto, the services of", () => {
  let moto: Moto | undefined;
  afterEach(async () => {
    await moto?.stop();
    moto = undefined;
  });

  async function deployed(environment: EnvironmentDefinition, stage: (typeof stages)[number]): Promise<MotoStack[]> {
    const folder = temporaryFolder("moto-");
    const { account } = environment.input;
    moto = await startMoto({ MOTO_ACCOUNT_ID: account });
    if (!moto) throw new Error("moto does not run here");
    const env = await terraformOnMoto(folder, moto.endpoint);
    const stacks = synthesizedStacks(environment, { stage }, join(folder, "out"));
    const services = stacks.filter(isServices);
    const onMoto = new OnMoto(stacks, services, account);
    const before = new MotoStack(write(join(folder, "before"), onMoto.before()), env);
    await before.apply();
    const applied: MotoStack[] = [];
    for (const stack of services) {
      const onIt = new MotoStack(write(stack.folder, onMoto.stack(stack, before.outputs())), env);
      await onIt.apply();
      applied.push(onIt);
    }
    return applied;
  }

  test.each(variants)(
    "$title are applied in one run, create nothing in a second one, and are destroyed",
    async ({ environment, stage }) => {
      const stacks = await deployed(environment, stage);
      expect(stacks.length).toBe(stage === "optimization" ? 2 : 1);
      for (const stack of stacks) {
        expect(stack.addresses().length).toBeGreaterThan(20);
        const created = (await stack.plan())
          .filter(({ outcome }) => outcome !== "changed")
          .filter(({ address, outcome }) => outcome !== "replaced" || !(typeOf(address) in replacedOnMoto));
        expect(created).toEqual([]);
      }
      for (const stack of stacks.reverse()) {
        await stack.destroy();
        expect(stack.addresses()).toEqual([]);
      }
    },
    20 * minutes,
  );

  test("are all there, but for the types that moto does not carry", () => {
    const services = variants
      .flatMap(({ environment, stage }) => synthesizedStacks(environment, { stage }, temporaryFolder()))
      .filter(isServices);
    const types = new Set(services.flatMap((stack) => [...resourcesOf(stack).keys()].map(typeOf)));
    const carried = [...types].filter((type) => !(type in leftOut));
    process.stdout.write(`against moto: ${carried.length} types; left out: ${Object.keys(leftOut).join(", ")}\n`);
    // A type that the services no longer have is taken from the list.
    expect(Object.keys(leftOut).filter((type) => !types.has(type))).toEqual([]);
    expect(carried.length).toBeGreaterThan(20);
  });
});
