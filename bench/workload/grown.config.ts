import { defineProject } from "evenkeel";
import environment from "./grown";

/** The project that benchmarks synthesize, with a change of it. */
export default defineProject({ environments: [environment] });
