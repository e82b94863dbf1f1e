import type { Rules } from "../rule";
import { account } from "./account";
import { buckets } from "./buckets";
import { data } from "./data";
import { edge } from "./edge";
import { events } from "./events";
import { iam } from "./iam";
import { keysAndSecrets } from "./keys-and-secrets";
import { lambda } from "./lambda";
import { messaging } from "./messaging";
import { monitoring } from "./monitoring";
import { network } from "./network";
import { vault } from "./vault";

export { newEachTime } from "./new-each-time";

/** What makes two resources the same, by type. */
export const rules: Rules = {
  ...lambda,
  ...events,
  ...monitoring,
  ...keysAndSecrets,
  ...messaging,
  ...data,
  ...iam,
  ...network,
  ...edge,
  ...buckets,
  ...account,
  ...vault,
};
