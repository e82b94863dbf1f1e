import type { StackJson } from "../../../terraform";
import { ref } from "../../support/synth";
import { unseen } from "./faults";
import { Graph } from "./graph";
import { lookups } from "./lookups";

describe("A name that stands for a resource of the same stack", () => {
  const provider = "aws.eu-west-1";
  const named = { aws_lambda_function: { one: { provider, function_name: "shop-orders" } } };
  const permission = (more: object, at = provider): StackJson => ({
    resource: { ...named, aws_lambda_permission: { it: { provider: at, function_name: "shop-orders", ...more } } },
  });
  const found = (terraform: StackJson) => unseen(new Graph(terraform));
  const fault =
    'aws_lambda_permission.it may be created before aws_lambda_function.one, which its function_name names "shop-orders"';

  test("is a fault where Terraform does not see it", () => expect(found(permission({}))).toEqual([fault]));

  test.each(Object.entries(lookups).flatMap(([at, types]) => types.map((type) => [at, type] as const)))(
    "is a fault in %s, which %s is meant by",
    (at, type) => {
      const [by = "", path = ""] = at.split(" ");
      const [outer = "", inner] = path.split(".");
      const value = "arn:aws:any:eu-west-1:111111111111:thing/shop-orders";
      const name = "shop-orders";
      const one = { provider, name, alarm_name: name, function_name: name, cluster_identifier: name };
      const it = { provider, [outer]: inner ? { [inner]: value } : value };
      const resource: StackJson["resource"] = by === type ? { [by]: { one, it } } : { [by]: { it }, [type]: { one } };
      expect(found({ resource })).toEqual([expect.stringContaining(`${by}.it may be created before ${type}.one`)]);
    },
  );

  test("is none behind a reference", () => {
    expect(found(permission({ function_name: ref("aws_lambda_function.one.function_name") }))).toEqual([]);
  });

  test("is none behind a dependency, over others too", () => {
    expect(found(permission({ depends_on: ["aws_lambda_function.one"] }))).toEqual([]);
    const { resource } = permission({ depends_on: ["aws_lambda_alias.live"] });
    const alias = { live: { provider, name: "live", function_name: ref("aws_lambda_function.one.function_name") } };
    expect(found({ resource: { ...resource, aws_lambda_alias: alias } })).toEqual([]);
  });

  test("is found inside of ARNs, documents and expressions", () => {
    const at = (attribute: unknown) => found({ resource: { ...named, aws_thing: { it: { provider, attribute } } } });
    const arn = "arn:aws:lambda:eu-west-1:111111111111:function:shop-orders:live";
    for (const value of [
      arn,
      JSON.stringify({ Resource: [arn] }),
      `\${jsonencode({"name" = "shop-orders"})}`,
      [[{ arn }]],
    ]) {
      expect(at(value)).toHaveLength(1);
    }
    const queue = "arn:aws:sqs:eu-west-1:111111111111:shop-orders";
    for (const value of [
      queue,
      "shop-orders-2",
      "my-shop-orders",
      ref("aws_lambda_function.shop-orders.arn"),
      "shop-order",
    ]) {
      expect(at(value)).toEqual([]);
    }
  });

  test("is another's in another region", () => expect(found(permission({}, "aws.eu-west-2"))).toEqual([]));
});
