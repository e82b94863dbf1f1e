import { type Deployable, isAccount } from "../../config";
import { activeState, s3StateConfig } from "../../contract";
import { StateObjects } from "../aws/objects";

/**
 * What lies beside the states of an environment or account, in the bucket that is worked with; undefined for local states. Read without the
 * rest of its file, whose mistakes are told by the synthesis.
 */
export function objectsBesideStates(environment: Deployable): StateObjects | undefined {
  const { account, state } = isAccount(environment) ? environment.input : environment.stated;
  const read = s3StateConfig.safeParse(state);
  return read.success ? new StateObjects({ ...activeState(read.data), account }) : undefined;
}
