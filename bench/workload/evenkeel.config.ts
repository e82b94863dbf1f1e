import { defineProject } from "evenkeel";
import environment from "./environment";

/** The project that benchmarks synthesize. */
export default defineProject({ environments: [environment] });
