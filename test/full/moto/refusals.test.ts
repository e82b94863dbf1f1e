import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { zipSync } from "fflate";
import type { Json, StackJson } from "../../../terraform";
import { hasMoto } from "../../support/moto";
import { temporaryFolder } from "../../support/temporary-folder";
import { type Applied, type Cloud, startMotoCloud, startSimulatedCloud } from "./clouds";
import { addressOf, nameOf, reasonIn } from "./refused";
import { wrongInputs } from "./wrong-inputs";
import { providers, shared } from "./wrong-inputs/shared";

const minutes = 60_000;

/** All wrong inputs in one configuration, beside what AWS accepts. */
function configuration(): StackJson {
  const code = join(temporaryFolder(), "code.zip");
  writeFileSync(code, zipSync({ "index.js": Buffer.from("exports.handler = async () => {};\n") }));
  const resource: Record<string, Record<string, Json>> = shared(code);
  const put = (type: string, name: string, body: Json) => {
    resource[type] = { ...resource[type], [name]: body };
  };
  for (const input of wrongInputs) {
    const { type, first, body } = input;
    if (first) put(type, `${nameOf(input)}_first`, first);
    put(type, nameOf(input), first ? { ...body, depends_on: [`${type}.${nameOf(input)}_first`] } : body);
  }
  return {
    terraform: { required_providers: { aws: { source: "hashicorp/aws" } } },
    provider: { aws: providers },
    resource,
  };
}

/** Applies the configuration to a cloud of its own. */
async function appliedTo(start: () => Promise<Cloud>): Promise<Applied> {
  const cloud = await start();
  try {
    return await cloud.apply(configuration());
  } finally {
    await cloud.stop();
  }
}

const describeWithMoto = hasMoto() ? describe : describe.skip;

describeWithMoto("What moto refuses, the simulated cloud refuses too:", () => {
  let moto: Applied;
  let simulated: Applied;

  beforeAll(async () => {
    moto = await appliedTo(startMotoCloud);
    simulated = await appliedTo(startSimulatedCloud);
  }, 20 * minutes);

  test.each(wrongInputs.map((input) => [input.title, input] as const))("%s", (_title, input) => {
    const { code, motoCode = code } = input;
    expect({
      moto: reasonIn(moto, addressOf(input)),
      simulated: reasonIn(simulated, addressOf(input)),
    }).toEqual({ moto: expect.stringContaining(motoCode), simulated: expect.stringContaining(code) });
  });

  test("and both accept what is right beside them", () => {
    const wrong = new Set(wrongInputs.map(addressOf));
    const others = ({ errors }: Applied): [string, string][] => [...errors].filter(([address]) => !wrong.has(address));
    expect({ moto: others(moto), simulated: others(simulated) }).toEqual({ moto: [], simulated: [] });
  });

  test("at least forty inputs", () => {
    expect(new Set(wrongInputs.map(addressOf)).size).toBeGreaterThanOrEqual(40);
  });
});
