import type { ObjectValue } from "../../protocol/values";
import { faultOf } from "../demands/certificates";
import { missingTarget } from "../demands/targets";
import { answer, operation } from "../operation";
import { type Answer, blocks, type Call, type Demand, type ServiceCalls, text } from "../refusal";

const service = "ApiGatewayV2";
const notFound = (message: string): Answer => answer(404, "NotFoundException", message);
const badRequest = (message: string): Answer => answer(400, "BadRequestException", message);
const conflict = (message: string): Answer => answer(409, "ConflictException", message);

const isGone = (cloud: Call["cloud"], type: string, id: string): boolean =>
  ["elsewhere", "deleted"].includes(cloud.standing(type, id));

const api: Demand = ({ values, cloud }) => {
  const id = text(values, "api_id");
  const message = `Invalid API identifier specified ${cloud.place.account}:${id}`;
  return isGone(cloud, "aws_apigatewayv2_api", id) ? notFound(message) : undefined;
};

/** The provider reads the API before it makes a stage or an authorizer. */
const apiRead: Demand = ({ values, cloud }) => {
  const id = text(values, "api_id");
  return isGone(cloud, "aws_apigatewayv2_api", id)
    ? { words: `reading API Gateway v2 API (${id}): couldn't find resource` }
    : undefined;
};

const ofApi = (type: string, { values, cloud }: Call, attribute = "api_id") =>
  cloud.all(type, (state) => text(state, "api_id") === text(values, attribute));

const noMapping: Demand = (call) =>
  ofApi("aws_apigatewayv2_api_mapping", call, "id").length > 0
    ? badRequest(
        `Deleting API ${text(call.values, "id")} failed. Please remove all API mappings for the API from your custom domain names.`,
      )
    : undefined;

const noMappingOfDomain: Demand = ({ values, cloud }) => {
  const name = text(values, "domain_name");
  return cloud.all("aws_apigatewayv2_api_mapping", (state) => text(state, "domain_name") === name).length > 0
    ? badRequest(`Deleting domain name ${name} failed. Please remove all API mappings from it.`)
    : undefined;
};

const accessLog: Demand = ({ values, cloud }) => {
  const [log] = blocks(values, "access_log_settings").map((block) => text(block, "destination_arn"));
  return log && missingTarget(cloud, log) ? badRequest("Insufficient permissions to enable logging") : undefined;
};

const certificate: Demand = ({ values, cloud }) => {
  const name = text(values, "domain_name");
  for (const block of blocks(values, "domain_name_configuration")) {
    const arn = text(block, "certificate_arn");
    const { region } = cloud.place;
    const fault = faultOf(cloud, arn, region, [name]);
    if (fault === "elsewhere")
      return badRequest(`Invalid certificate ARN: ${arn}. Certificate must be in '${region}'.`);
    if (fault === "deleted") return badRequest(`Certificate ${arn} does not exist.`);
    if (fault === "pending") return badRequest(`Certificate ${arn} is not in issued state.`);
    if (fault === "uncovered") return badRequest(`The domain name ${name} is not covered by certificate ${arn}.`);
  }
  return undefined;
};

const domain: Demand = ({ values, cloud }) =>
  cloud.find("aws_apigatewayv2_domain_name", (state) => text(state, "domain_name") === text(values, "domain_name"))
    ? undefined
    : notFound("Invalid domain name identifier specified");

/** The API of a mapping may be the user's; one that is known has its stages here. */
const stage: Demand = ({ values, cloud }) => {
  const id = text(values, "api_id");
  if (cloud.standing("aws_apigatewayv2_api", id) !== "here") return undefined;
  const isStage = (state: ObjectValue): boolean =>
    text(state, "api_id") === id && text(state, "name") === text(values, "stage");
  return cloud.find("aws_apigatewayv2_stage", isStage) ? undefined : badRequest("Invalid stage identifier specified");
};

const integrationOf = (route: ObjectValue): string => text(route, "target").replace(/^integrations\//, "");

/** What a route names belongs to its own API. */
const routed =
  (type: string, what: string, idOf: (route: ObjectValue) => string): Demand =>
  ({ values, cloud }) => {
    const id = idOf(values);
    if (id === "") return undefined;
    const known = cloud.standing(type, id);
    const [thing] = cloud.all(type, (state) => text(state, "id") === id);
    const ofAnother = known === "here" && thing && text(thing.state, "api_id") !== text(values, "api_id");
    return known === "elsewhere" || known === "deleted" || ofAnother
      ? notFound(`Invalid ${what} identifier specified`)
      : undefined;
  };

const unrouted =
  (what: string, idOf: (route: ObjectValue) => string): Demand =>
  (call) => {
    const routes = ofApi("aws_apigatewayv2_route", call).filter(({ state }) => idOf(state) === text(call.values, "id"));
    const ids = routes.map(({ state }) => text(state, "id")).join(", ");
    return routes.length > 0
      ? conflict(`Cannot delete ${what} because it is referenced by the following Routes with Ids: [${ids}]`)
      : undefined;
  };

const authorizerOf = (route: ObjectValue): string => text(route, "authorizer_id");

/** @see https://docs.aws.amazon.com/apigatewayv2/latest/api-reference/api-reference.html */
export const apigatewayv2: ServiceCalls = {
  aws_apigatewayv2_api: {
    service,
    remembered: true,
    create: operation("CreateApi", "creating API Gateway v2 API ({name})"),
    update: operation("UpdateApi", "updating API Gateway v2 API ({id})"),
    remove: operation("DeleteApi", "deleting API Gateway v2 API ({id})"),
    removalDemands: [noMapping],
    takesAlong: (call) =>
      ["stage", "route", "integration", "authorizer"].flatMap((kind) => ofApi(`aws_apigatewayv2_${kind}`, call, "id")),
  },
  aws_apigatewayv2_stage: {
    service,
    create: operation("CreateStage", "creating API Gateway v2 Stage ({name})"),
    update: operation("UpdateStage", "updating API Gateway v2 Stage ({name})"),
    remove: operation("DeleteStage", "deleting API Gateway v2 Stage ({name})"),
    exists: () => conflict("Stage already exists"),
    demands: [apiRead, accessLog],
  },
  aws_apigatewayv2_route: {
    service,
    create: operation("CreateRoute", "creating API Gateway v2 Route"),
    update: operation("UpdateRoute", "updating API Gateway v2 Route ({id})"),
    remove: operation("DeleteRoute", "deleting API Gateway v2 Route ({id})"),
    exists: ({ values }) => conflict(`Route with key ${text(values, "route_key")} already exists for this API`),
    demands: [
      api,
      routed("aws_apigatewayv2_integration", "integration", integrationOf),
      routed("aws_apigatewayv2_authorizer", "authorizer", authorizerOf),
    ],
  },
  aws_apigatewayv2_integration: {
    service,
    remembered: true,
    create: operation("CreateIntegration", "creating API Gateway v2 Integration"),
    update: operation("UpdateIntegration", "updating API Gateway v2 Integration ({id})"),
    remove: operation("DeleteIntegration", "deleting API Gateway v2 Integration ({id})"),
    demands: [api],
    removalDemands: [unrouted("Integration", integrationOf)],
  },
  aws_apigatewayv2_authorizer: {
    service,
    remembered: true,
    create: operation("CreateAuthorizer", "creating API Gateway v2 Authorizer ({name})"),
    update: operation("UpdateAuthorizer", "updating API Gateway v2 Authorizer ({id})"),
    remove: operation("DeleteAuthorizer", "deleting API Gateway v2 Authorizer ({id})"),
    exists: ({ values }) => badRequest(`Authorizer name ${text(values, "name")} is already in use.`),
    demands: [apiRead],
    removalDemands: [unrouted("Authorizer", authorizerOf)],
  },
  aws_apigatewayv2_domain_name: {
    service,
    create: operation("CreateDomainName", "creating API Gateway v2 Domain Name ({domain_name})"),
    update: operation("UpdateDomainName", "updating API Gateway v2 Domain Name ({domain_name})"),
    remove: operation("DeleteDomainName", "deleting API Gateway v2 Domain Name ({domain_name})"),
    exists: () => conflict("The domain name you provided already exists."),
    demands: [certificate],
    removalDemands: [noMappingOfDomain],
  },
  aws_apigatewayv2_api_mapping: {
    service,
    create: operation("CreateApiMapping", "creating API Gateway v2 API Mapping"),
    update: operation("UpdateApiMapping", "updating API Gateway v2 API Mapping ({id})"),
    remove: operation("DeleteApiMapping", "deleting API Gateway v2 API Mapping ({id})"),
    exists: () => conflict("ApiMapping key already exists for this domain name"),
    demands: [domain, api, stage],
  },
};
