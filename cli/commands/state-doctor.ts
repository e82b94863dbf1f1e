import type { Outcome } from "../document";
import { stateDoctorDocument } from "../documents/state-doctor";
import project from "../project";
import { findingsOf } from "../state/diagnose";
import { otherName, requirePair } from "../state/pair";
import { stackNamesOf } from "../state/stack-names";
import { viewOf } from "../state/view";
import { step } from "../step";

/**
 * Looks at the states of an environment in both of its buckets, and changes nothing.
 * @returns exit code 1 where something has to be done
 * @throws OneBucketError; AwsRefusedError where a bucket refuses
 */
export async function stateDoctor(name: string): Promise<Outcome> {
  const environment = project.findDeployable(name);
  const pair = requirePair(environment);
  const stacks = stackNamesOf(environment);
  const views = await step("Reading states", async () => {
    const [primary, secondary] = await Promise.all([viewOf(pair.primary, name), viewOf(pair.secondary, name)]);
    return { primary, secondary };
  });
  const findings = findingsOf({ environment: name, pair, views, stacks });
  const [active, other] = [views[pair.active], views[otherName(pair.active)]];
  const all = new Set([active, other].flatMap((view) => (view.reachable ? [...view.states.keys()] : [])));
  const stateIn = (view: typeof active, stack: string) => {
    const state = view.reachable ? view.states.get(stack) : undefined;
    return state ? { serial: state.serial, lineage: state.lineage, replication: state.replication ?? null } : null;
  };
  return stateDoctorDocument.outcome(
    {
      environment: name,
      active: pair[pair.active].place.region,
      other: pair[otherName(pair.active)].place.region,
      states: [...all].sort().map((stack) => ({ stack, active: stateIn(active, stack), other: stateIn(other, stack) })),
      findings,
    },
    findings.some(({ serious }) => serious) ? 1 : 0,
  );
}
