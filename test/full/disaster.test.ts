import { rmSync } from "node:fs";
import { join } from "node:path";
import { checkPlan } from "../../gates";
import { type Simulator, startSimulator } from "../../simulator";
import { deploy, type Plan, readStackFolders, synthesize, TerraformStack } from "../../terraform";
import { projectApp } from "../support/project-app";

const directory = join(".evenkeel", "test", "disaster");
const minutes = 60_000;

type State = Record<string, unknown>;

/** What AWS changes behind Terraform's back when the home region is lost and operators fail over. */
const failover: Record<string, (state: State) => State> = {
  // `UpdatePrimaryRegion`: the replica is the primary now.
  aws_kms_replica_key: (state) => ({ ...state, primary_key_arn: state.arn }),
  // The writer has moved: roles are swapped, and the old writer is out of the global cluster until it is repaired.
  aws_rds_cluster: (state) => ({
    ...state,
    replication_source_identifier: state.replication_source_identifier
      ? ""
      : "arn:aws:rds:eu-central-1:444444444444:cluster:other",
    global_cluster_identifier: state.replication_source_identifier ? state.global_cluster_identifier : "",
  }),
  aws_rds_cluster_instance: (state) => ({ ...state, writer: !state.writer }),
  aws_rds_global_cluster: (state) => ({
    ...state,
    global_cluster_members: (Array.isArray(state.global_cluster_members) ? state.global_cluster_members : []).map(
      (member: State) => ({ ...member, is_writer: !member.is_writer }),
    ),
  }),
  // DynamoDB names every other replica on the table itself.
  aws_dynamodb_table: (state) => ({ ...state, replica: [] }),
};

describe("After the loss of prod's home region, with everything failed over by hand,", () => {
  let simulator: Simulator;
  let failedOver = false;
  const touched = new Set<string>();

  beforeAll(async () => {
    rmSync(directory, { recursive: true, force: true });
    simulator = await startSimulator({
      directory,
      onRead: (type, state) => {
        const change = failedOver ? failover[type] : undefined;
        if (!change) return state;
        touched.add(type);
        return change(state);
      },
    });
  }, minutes);
  afterAll(() => simulator?.stop());

  test(
    "the next plan destroys and replaces nothing",
    async () => {
      const output = join(directory, "cdktf.out");
      const folder = await synthesize({
        app: projectApp,
        environment: "prod",
        stage: "optimization",
        output,
        env: simulator.env,
      });
      await deploy({ output: folder, env: simulator.env });
      failedOver = true;
      const plans: [string, Plan][] = [];
      for (const stack of readStackFolders(folder)) {
        plans.push([stack.name, await new TerraformStack(stack, simulator.env).plan()]);
      }
      expect([...touched].sort()).toEqual(Object.keys(failover).sort());
      for (const [name, plan] of plans) {
        const removed = (plan.resource_changes ?? []).filter(({ change }) => change.actions.includes("delete"));
        expect([name, removed.map(({ address }) => address), checkPlan(plan)]).toEqual([name, [], []]);
      }
    },
    10 * minutes,
  );
});
