import { type Call, text, type Warning } from "../refusal";
import { isForeign, parseArn } from "./arns";
import { type KeyProblem, keyProblem } from "./keys";

/**
 * Queues and topics take any key; what is sent to them fails later.
 * @param via The service, as its endpoint begins.
 * @param what What does not work without the key: `cannot encrypt its messages`.
 */
export function keyUsable(attribute: string, via: string, what: string): Warning {
  const reasons: Readonly<Record<KeyProblem, string>> = {
    absent: "is not there",
    elsewhere: "is in another region",
    disabled: "is disabled",
    deleted: "waits for its deletion",
    denied: `has a policy that does not allow its use through ${via}`,
  };
  return (call: Call) => {
    const key = text(call.values, attribute);
    const arn = parseArn(key);
    if (key === "" || (arn && isForeign(arn, call.cloud.place))) return undefined;
    const problem = keyProblem(call, key, { actions: ["GenerateDataKey", "Decrypt"], via });
    return problem && `${what}: the key ${key} ${reasons[problem]}, which AWS does not check`;
  };
}
