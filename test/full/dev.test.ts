import { proveEnvironment } from "../support/environment-proof";

proveEnvironment("dev");
