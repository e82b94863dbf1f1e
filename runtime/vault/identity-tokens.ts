// What the bundle of a function begins with that logs in by identity tokens: nothing else of the runtime imports it, so no other
// function carries the client of STS.
import { onDemand } from "../aws/on-demand.js";
import { identityTokensBy } from "./identity-token.js";

const sts = onDemand(() => import("./sts.js"));

identityTokensBy(async (request) => (await sts()).getIdentityToken(request));
