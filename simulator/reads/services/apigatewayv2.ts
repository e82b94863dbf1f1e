import { canonical, SeededRandom } from "../../fill/random";
import type { ObjectValue, Value } from "../../protocol/values";
import { blocksOf } from "../forms";
import { type ReadSubject, type ServiceReads, untouched } from "../rule";

const deployed = ["aws_apigatewayv2_route", "aws_apigatewayv2_integration", "aws_apigatewayv2_authorizer"];

const partsOf = (stage: ReadSubject): readonly ObjectValue[] =>
  deployed.flatMap((typeName) => stage.neighbours.of(typeName).filter((part) => part.api_id === stage.text("api_id")));

/** An HTTP API logs no executions, so it has no level. @see https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-logging.html */
const withoutLevel = (value: Value | undefined): Value =>
  blocksOf(value).map((settings) => ({ ...settings, logging_level: "" }));

/** @see https://docs.aws.amazon.com/apigatewayv2/latest/api-reference/apis-apiid-stages-stagename.html */
export const apigatewayv2: ServiceReads = {
  // What makes an API quickly, or from a document, is not part of it.
  aws_apigatewayv2_api: untouched("body", "credentials_arn", "fail_on_warnings", "route_key", "target"),
  aws_apigatewayv2_stage: {
    answers: (stage) => {
      const api = stage.neighbours.of("aws_apigatewayv2_api").find(({ id }) => id === stage.text("api_id"));
      const parts = stage.state.auto_deploy === true ? partsOf(stage) : [];
      return {
        ...(api?.protocol_type === "HTTP" && {
          default_route_settings: withoutLevel(stage.state.default_route_settings),
          route_settings: withoutLevel(stage.state.route_settings),
        }),
        // A stage that deploys by itself moves with each change of what its API does.
        ...(parts.length && {
          deployment_id: new SeededRandom(parts.map(canonical).sort().join("\n")).lower(6),
        }),
      };
    },
  },
};
