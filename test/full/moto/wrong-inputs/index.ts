import { data } from "./data";
import { eventsAndMonitoring } from "./events-and-monitoring";
import { iamAndFunctions } from "./iam-and-functions";
import { keysAndMessages } from "./keys-and-messages";
import { networkAndApis } from "./network-and-apis";
import type { WrongInput } from "./wrong-input";

/** Every wrong input. */
export const wrongInputs: readonly WrongInput[] = [
  ...iamAndFunctions,
  ...eventsAndMonitoring,
  ...keysAndMessages,
  ...data,
  ...networkAndApis,
];
