// What the bundle of a function begins with where the environment has OpenTelemetry: nothing else of the runtime imports it, so no
// other function carries it.
import { traceBy } from "../observability/tracing.js";
import { openTelemetryFromEnvironment } from "./from-environment.js";

traceBy(openTelemetryFromEnvironment());
