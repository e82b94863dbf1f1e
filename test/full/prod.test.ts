import { proveEnvironment } from "../support/environment-proof";

proveEnvironment("prod");
