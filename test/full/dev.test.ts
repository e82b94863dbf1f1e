import { stages } from "../../config";
import { proveEnvironment } from "../support/environment-proof";
import { wholeOr } from "../support/whole-proofs";

// What is between the first stage and the last, prod is proven with.
proveEnvironment("dev", { stages: wholeOr(stages, ["foundation", "optimization"]) });
