import { defineAccount } from "evenkeel";
import { ordersTeam, regions, stateIn } from "../environments/common";

const account = "444444444444";

/** The account of prod: scans of all functions in it, whoever deploys them. */
export default defineAccount({
  name: "live",
  account,
  regions: [regions.home, ...(regions.standby ?? [])],
  tags: ordersTeam,
  state: stateIn(account, "live"),
  alerts: { emails: ["platform-oncall@example.com"] },
  security: { inspector: { codeScans: true }, guardDuty: {} },
});
