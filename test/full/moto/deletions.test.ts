import type { Json, StackJson } from "../../../terraform";
import { hasMoto } from "../../support/moto";
import { type Applied, type Cloud, startMotoCloud, startSimulatedCloud } from "./clouds";
import { addressOf, nameOf, reasonIn } from "./refused";
import { type WrongDeletion, wrongDeletions } from "./wrong-inputs/deletions";
import { allowing, providers, trusting } from "./wrong-inputs/shared";

const minutes = 60_000;

/** @param deleted Without what is deleted. */
function configuration(deleted: boolean): StackJson {
  const resource: Record<string, Record<string, Json>> = {
    aws_iam_role: { kept: { name: "kept", assume_role_policy: trusting("lambda.amazonaws.com") } },
    aws_iam_policy: { kept: { name: "kept", policy: allowing("s3:GetObject") } },
  };
  const kept = ["aws_iam_role.kept", "aws_iam_policy.kept"];
  const put = (type: string, name: string, body: Json) => {
    resource[type] = { ...resource[type], [name]: body };
  };
  for (const deletion of wrongDeletions) {
    const { type, body, stays } = deletion;
    if (!deleted) put(type, nameOf(deletion), body);
    const order = deleted ? kept : [...kept, addressOf(deletion)];
    if (stays) put(stays.type, `${nameOf(deletion)}_stays`, { ...stays.body, depends_on: order });
  }
  return {
    terraform: { required_providers: { aws: { source: "hashicorp/aws" } } },
    provider: { aws: providers },
    resource,
  };
}

interface Deletions {
  readonly made: Applied;
  readonly deleted: Applied;
}

async function deletionsOn(start: () => Promise<Cloud>): Promise<Deletions> {
  const cloud = await start();
  try {
    return { made: await cloud.apply(configuration(false)), deleted: await cloud.apply(configuration(true)) };
  } finally {
    await cloud.stop();
  }
}

const describeWithMoto = hasMoto() ? describe : describe.skip;

describeWithMoto("What moto does not delete, the simulated cloud does not either:", () => {
  let moto: Deletions;
  let simulated: Deletions;

  beforeAll(async () => {
    moto = await deletionsOn(startMotoCloud);
    simulated = await deletionsOn(startSimulatedCloud);
  }, 20 * minutes);

  test("after both have made everything", () => {
    expect({ moto: [...moto.made.errors], simulated: [...simulated.made.errors] }).toEqual({ moto: [], simulated: [] });
  });

  test.each(wrongDeletions.map((deletion) => [deletion.title, deletion] as const))(
    "%s",
    (_title, deletion: WrongDeletion) => {
      const { says, code } = deletion;
      const reason = ({ deleted }: Deletions) =>
        reasonIn(deleted, [...deleted.errors.keys()].find((key) => key.startsWith(says)) ?? says);
      expect({ moto: reason(moto), simulated: reason(simulated) }).toEqual({ moto: code, simulated: code });
    },
  );
});
