import { proveEnvironment } from "../support/environment-proof";

proveEnvironment("staging");
