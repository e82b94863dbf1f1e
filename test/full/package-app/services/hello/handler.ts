import { readEnvironment } from "evenkeel/runtime/environment";
import { httpApi } from "evenkeel/runtime/http";
import { loggerFromEnvironment, loggerVariables } from "evenkeel/runtime/observability";

const logger = loggerFromEnvironment(readEnvironment(loggerVariables));

export const handler = httpApi({
  logger,
  routes: { "GET /hello": () => ({ status: 200, body: { hello: "world" } }) },
});
