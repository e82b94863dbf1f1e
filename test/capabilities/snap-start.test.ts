import { snapStart } from "../../capabilities/snap-start";

test("Starts from snapshots are refused in regions that have none, for functions that ask for them", () => {
  const [rule] = snapStart.rules ?? [];
  const mistakes = (standby: string, asks: boolean): unknown[] => {
    const found: unknown[] = [];
    const services = [{ function: { snapStart: asks } }];
    const environment = { services, regions: { home: "eu-west-1", standby: [standby] } };
    rule?.check(environment as never, (path, message) => found.push([path.join("."), message]), {} as never);
    return found;
  };
  expect(mistakes("ap-southeast-6", true)).toEqual([
    ["services.0.function.snapStart", "does not exist in ap-southeast-6; remove it, or choose other regions"],
  ]);
  expect(mistakes("cn-north-1", true)).toHaveLength(1);
  expect(mistakes("ap-southeast-6", false)).toEqual([]);
  expect(mistakes("eu-central-1", true)).toEqual([]);
});
