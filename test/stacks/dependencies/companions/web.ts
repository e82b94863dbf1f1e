import { textAt } from "../graph";
import { attachedTo, type Companion } from "./companion";

/** Domains, certificates and APIs. */
export const web: readonly Companion[] = [
  {
    statement: "the validation of a certificate before what presents it",
    of: /^aws_(?!acm_certificate|route53_record$)/,
    needed: (later, graph) =>
      graph
        .referredTo(later, /certificate_arn$/)
        .flatMap((one) =>
          one.type === "aws_acm_certificate"
            ? attachedTo(graph, one, ["aws_acm_certificate_validation"], "certificate_arn")
            : [one],
        )
        .filter(({ type }) => type === "aws_acm_certificate_validation"),
  },
  {
    statement: "the records that prove a domain before the validation that waits for them",
    of: ["aws_acm_certificate_validation"],
    needed: (later, graph) =>
      graph
        .referredTo(later, "certificate_arn")
        .flatMap((certificate) => attachedTo(graph, certificate, ["aws_route53_record"], "records")),
  },
  {
    statement: "the routes with settings of their own before the stage that holds these",
    of: ["aws_apigatewayv2_stage"],
    needed: (later, graph) => {
      const keys = later.texts.filter(({ path }) => path === "route_settings.route_key").map(({ value }) => value);
      return graph
        .referredTo(later, "api_id")
        .flatMap((api) => attachedTo(graph, api, ["aws_apigatewayv2_route"], "api_id"))
        .filter((route) => keys.includes(textAt(route, "route_key") ?? ""));
    },
  },
  {
    statement: "the mapping of a domain to its API before a record that leads clients there",
    of: ["aws_route53_record"],
    needed: (later, graph) =>
      graph
        .referredTo(later, "alias.name")
        .flatMap((domain) => attachedTo(graph, domain, ["aws_apigatewayv2_api_mapping"], "domain_name")),
  },
];
