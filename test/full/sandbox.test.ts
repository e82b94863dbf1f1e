import { proveEnvironment } from "../support/environment-proof";

proveEnvironment("sandbox", { throughCdktf: true });
