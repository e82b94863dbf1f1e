import { proveEnvironment } from "../support/environment-proof";
import { isWhole } from "../support/whole-proofs";

// The standby region of prod's own stays the first: events and the edge go on failing over to it.
proveEnvironment("prod", isWhole ? { moreStandby: ["eu-central-1", "eu-west-2"] } : {});
