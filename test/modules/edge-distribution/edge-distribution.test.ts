import { readFileSync } from "node:fs";
import path from "node:path";
import { S3Bucket } from "@cdktf/provider-aws/lib/s3-bucket";
import { parseConfig } from "../../../modules/core";
import {
  EdgeDistribution,
  type EdgeDistributionProps,
  edgeDistributionConfig,
  failoverSeconds,
  originRoutingConfig,
} from "../../../modules/edge-distribution";
import { behaviorId } from "../../../modules/edge-distribution/behavior";
import { EdgeFunction } from "../../../modules/edge-function";
import { WebFirewall } from "../../../modules/web-firewall";
import { ref, type Synthesized, synthGlobal } from "../../support/synth";
import { minimalProps as functionProps } from "../edge-function/every-option";
import { alarms } from "../service-function/fixtures/references";
import { everyOption, fullProps, minimalProps } from "./every-option";
import { build as example } from "./example";

interface Behavior {
  readonly path_pattern?: string;
  readonly target_origin_id: string;
  readonly allowed_methods: string[];
  readonly lambda_function_association?: unknown[];
  readonly [name: string]: unknown;
}

const build = (props: EdgeDistributionProps) => synthGlobal((stack) => void new EdgeDistribution(stack, "edge", props));
const minimal = (changes: Partial<EdgeDistributionProps> = {}) => build({ ...minimalProps, ...changes });
const full = (changes: Partial<EdgeDistributionProps> = {}) => build({ ...fullProps, ...changes });
const distributionOf = ({ at }: Synthesized) => at("aws_cloudfront_distribution.edge_distribution");
const behaviorsOf = (result: Synthesized): Behavior[] => {
  const { default_cache_behavior, ordered_cache_behavior } = distributionOf(result) as {
    default_cache_behavior: Behavior;
    ordered_cache_behavior?: Behavior[];
  };
  return [default_cache_behavior, ...(ordered_cache_behavior ?? [])];
};
const standbyFirst = { origins: { ...fullProps.origins, first: "standby" } } as const;
const withoutStandby = { origins: { home: fullProps.origins.home } };

describe("EdgeDistribution", () => {
  test("serves from the standby first, with the same origins, of which none names the other one", () => {
    const [before, after] = [full(), full(standbyFirst)];
    expect(after.addresses).toEqual(before.addresses);
    type Origins = readonly Readonly<Record<string, unknown>>[];
    const plain = (result: Synthesized) =>
      (distributionOf(result).origin as Origins).map(({ custom_header: _, ...origin }) => origin);
    expect(plain(after)).toEqual(plain(before));
    expect((distributionOf(after).origin as Origins).some((origin) => origin.custom_header !== undefined)).toBe(false);
    expect(distributionOf(after).origin_group).toMatchObject([
      { origin_id: "standby-then-home", member: [{ origin_id: "standby" }, { origin_id: "home" }] },
    ]);
    for (const { target_origin_id, allowed_methods } of behaviorsOf(after)) {
      expect(target_origin_id).toBe(allowed_methods.includes("POST") ? "standby" : "standby-then-home");
    }
  });

  test("has these addresses with every option, which are frozen", () => {
    const logs = (id: string) => [
      `aws_cloudwatch_log_delivery.${id}_access-logs_delivery`,
      `aws_cloudwatch_log_delivery_destination.${id}_access-logs_destination`,
      `aws_cloudwatch_log_delivery_source.${id}_access-logs_source`,
      `aws_s3_bucket.${id}_access-logs_bucket`,
      `aws_s3_bucket_lifecycle_configuration.${id}_access-logs_lifecycle`,
      `aws_s3_bucket_ownership_controls.${id}_access-logs_ownership`,
      `aws_s3_bucket_policy.${id}_access-logs_policy`,
      `aws_s3_bucket_public_access_block.${id}_access-logs_public-access`,
      `aws_s3_bucket_server_side_encryption_configuration.${id}_access-logs_encryption`,
      `aws_s3_bucket_versioning.${id}_access-logs_versioning`,
      `aws_s3_bucket.${id}_access-logs_readers_bucket`,
      `aws_s3_bucket_lifecycle_configuration.${id}_access-logs_readers_lifecycle`,
      `aws_s3_bucket_logging.${id}_access-logs_readers_logging`,
      `aws_s3_bucket_ownership_controls.${id}_access-logs_readers_ownership`,
      `aws_s3_bucket_policy.${id}_access-logs_readers_policy`,
      `aws_s3_bucket_public_access_block.${id}_access-logs_readers_public-access`,
      `aws_s3_bucket_server_side_encryption_configuration.${id}_access-logs_readers_encryption`,
      `aws_s3_bucket_versioning.${id}_access-logs_readers_versioning`,
    ];
    const own = synthGlobal(everyOption).addresses.filter((address) => /\.(full|guarded|minimal)_/.test(address));
    expect(own).toEqual(
      [
        ...["full", "guarded", "minimal"].flatMap((id) => [
          `aws_cloudfront_distribution.${id}_distribution`,
          `aws_cloudfront_response_headers_policy.${id}_response-headers`,
          ...logs(id),
        ]),
        "aws_cloudfront_cache_policy.full_cache-any-css",
        "aws_cloudfront_cache_policy.full_cache-catalog-any",
        "aws_cloudfront_origin_request_policy.full_request-all-and-country",
        "aws_cloudfront_origin_request_policy.full_request-viewer-country",
        "aws_cloudwatch_metric_alarm.full_client-errors-alarm",
        "aws_cloudwatch_metric_alarm.full_server-errors-alarm",
        ...["full", "guarded"].flatMap((id) => [
          `aws_acm_certificate.${id}_domain_certificate`,
          `aws_acm_certificate_validation.${id}_domain_validation`,
        ]),
        "aws_route53_record.full_domain_validation-at-shop-example-com",
        "aws_route53_record.full_domain_validation-at-www-shop-example-com",
        "aws_route53_record.full_record-a-at-shop-example-com",
        "aws_route53_record.full_record-a-at-www-shop-example-com",
        "aws_route53_record.full_record-aaaa-at-shop-example-com",
        "aws_route53_record.full_record-aaaa-at-www-shop-example-com",
        "aws_route53_record.guarded_record-a-at-guarded-example-com",
        "aws_route53_record.guarded_record-aaaa-at-guarded-example-com",
      ].sort(),
    );
  });

  test("fails reads over from home to the standby, in this order", () => {
    const distribution = distributionOf(full());
    expect(distribution.origin_group).toEqual([
      {
        origin_id: "home-then-standby",
        failover_criteria: { status_codes: [429, 500, 502, 503, 504] },
        member: [{ origin_id: "home" }, { origin_id: "standby" }],
      },
    ]);
    expect(behaviorsOf(full()).map(({ path_pattern, target_origin_id }) => [path_pattern, target_origin_id])).toEqual([
      [undefined, "home"],
      ["/catalog/*", "home-then-standby"],
      ["/*.css", "home-then-standby"],
      ["/status", "home-then-standby"],
    ]);
  });

  test("never sends a method that writes to the origin group, which CloudFront refuses", () => {
    for (const { target_origin_id, allowed_methods } of behaviorsOf(full())) {
      const writes = allowed_methods.filter((method) => !["GET", "HEAD", "OPTIONS"].includes(method));
      expect([target_origin_id, writes]).toEqual(
        target_origin_id === "home" ? ["home", ["DELETE", "PATCH", "POST", "PUT"]] : ["home-then-standby", []],
      );
    }
  });

  test("takes the standby later without any other resource changing", () => {
    const before = full(withoutStandby);
    const after = full();
    expect(after.addresses).toEqual(before.addresses);
    const changed = after.addresses.filter(
      (address) => JSON.stringify(after.at(address)) !== JSON.stringify(before.at(address)),
    );
    expect(changed).toEqual(["aws_cloudfront_distribution.edge_distribution"]);
    expect(distributionOf(before)).not.toHaveProperty("origin_group");
    expect(behaviorsOf(before).map(({ target_origin_id }) => target_origin_id)).toEqual(Array(4).fill("home"));
  });

  test("tells each origin's counterpart to functions, and none without a standby", () => {
    const origins = (result: Synthesized) =>
      distributionOf(result).origin as { origin_id: string; custom_header?: unknown }[];
    expect(origins(full()).map(({ origin_id, custom_header }) => [origin_id, custom_header])).toEqual([
      ["home", [{ name: "x-origin-counterpart", value: "eu-central-1.api.example.com" }]],
      ["standby", [{ name: "x-origin-counterpart", value: "eu-west-1.api.example.com" }]],
    ]);
    expect(origins(full(withoutStandby)).map(({ custom_header }) => custom_header)).toEqual([undefined]);
  });

  test("reaches the regions over TLS 1.2 only, within the configured times", () => {
    expect((distributionOf(full()).origin as object[])[0]).toMatchObject({
      domain_name: "eu-west-1.api.example.com",
      connection_attempts: 1,
      connection_timeout: 2,
      custom_origin_config: {
        origin_protocol_policy: "https-only",
        origin_ssl_protocols: ["TLSv1.2"],
        origin_read_timeout: 20,
        origin_keepalive_timeout: 30,
      },
    });
  });

  test("takes origins that are not known yet", () => {
    const result = synthGlobal((stack) => {
      const other = new S3Bucket(stack, "other", { provider: stack.providers.in("eu-west-1"), bucket: "x" });
      new EdgeDistribution(stack, "edge", {
        ...minimalProps,
        origins: { home: { domainName: other.bucketDomainName } },
      });
    });
    expect((distributionOf(result).origin as object[])[0]).toMatchObject({
      domain_name: ref("aws_s3_bucket.other.bucket_domain_name"),
    });
  });

  test("speaks HTTPS only, TLS 1.2 with HTTP/2 and 3, by a certificate of us-east-1 that is issued first", () => {
    const result = full();
    expect(distributionOf(result)).toMatchObject({
      provider: "aws.us-east-1",
      http_version: "http2and3",
      is_ipv6_enabled: true,
      aliases: ["shop.example.com", "www.shop.example.com"],
      viewer_certificate: {
        acm_certificate_arn: ref("aws_acm_certificate_validation.edge_domain_validation.certificate_arn"),
        minimum_protocol_version: "TLSv1.2_2021",
        ssl_support_method: "sni-only",
      },
    });
    expect(behaviorsOf(result).map(({ viewer_protocol_policy }) => viewer_protocol_policy)).toEqual(
      Array(4).fill("https-only"),
    );
    expect(result.at("aws_acm_certificate.edge_domain_certificate")).toMatchObject({
      provider: "aws.us-east-1",
      domain_name: "shop.example.com",
      subject_alternative_names: ["www.shop.example.com"],
      lifecycle: { create_before_destroy: true },
    });
    expect(distributionOf(minimal()).viewer_certificate).toEqual({ cloudfront_default_certificate: true });
  });

  test("proves each name by the record that ACM wants for it, unless another stack does", () => {
    const option = (attribute: string) =>
      `$\{one([for option in aws_acm_certificate.edge_domain_certificate.domain_validation_options : option.${attribute} if option.domain_name == "www.shop.example.com"])}`;
    expect(full().at("aws_route53_record.edge_domain_validation-at-www-shop-example-com")).toMatchObject({
      zone_id: "Z0123456789ABCDEFGHIJ",
      type: "CNAME",
      name: option("resource_record_name"),
      records: [option("resource_record_value")],
    });
    const existing = full({ domain: { zoneId: "Z1", validationRecords: "existing" } });
    expect(existing.addresses.filter((address) => address.includes("validation-at"))).toEqual([]);
    expect(existing.at("aws_acm_certificate_validation.edge_domain_validation")).not.toHaveProperty(
      "validation_record_fqdns",
    );
  });

  test("is what its names point to, over IPv4 and IPv6", () => {
    expect(full().at("aws_route53_record.edge_record-aaaa-at-shop-example-com")).toMatchObject({
      name: "shop.example.com",
      type: "AAAA",
      alias: {
        name: ref("aws_cloudfront_distribution.edge_distribution.domain_name"),
        zone_id: ref("aws_cloudfront_distribution.edge_distribution.hosted_zone_id"),
        evaluate_target_health: false,
      },
    });
  });

  test("associates numbered versions of functions with their events", () => {
    expect(behaviorsOf(full())[0]?.lambda_function_association).toEqual([
      {
        event_type: "viewer-request",
        lambda_arn: "arn:aws:lambda:us-east-1:111122223333:function:guard:7",
        include_body: true,
      },
      {
        event_type: "origin-request",
        lambda_arn: "arn:aws:lambda:us-east-1:111122223333:function:router:7",
        include_body: false,
      },
    ]);
    const guarded = synthGlobal(everyOption).at("aws_cloudfront_distribution.guarded_distribution");
    expect(guarded.default_cache_behavior).toMatchObject({
      lambda_function_association: [{ lambda_arn: ref("aws_lambda_function.guard_function.qualified_arn") }],
    });
  });

  test("caches nothing unless told to, and sends all of the viewer's headers but Host", () => {
    expect(behaviorsOf(minimal())[0]).toMatchObject({
      cache_policy_id: "4135ea2d-6df8-44a3-9df3-4b5a84be39ad",
      origin_request_policy_id: "b689b0a8-53d0-40ab-baf2-68738e2966ac",
    });
  });

  test("caches by what the config says makes answers differ", () => {
    expect(full().at("aws_cloudfront_cache_policy.edge_cache-catalog-any")).toMatchObject({
      min_ttl: 1,
      default_ttl: 30,
      max_ttl: 300,
      parameters_in_cache_key_and_forwarded_to_origin: {
        headers_config: { header_behavior: "whitelist", headers: { items: ["Accept-Language"] } },
        query_strings_config: { query_string_behavior: "whitelist", query_strings: { items: ["page"] } },
        cookies_config: { cookie_behavior: "whitelist", cookies: { items: ["currency"] } },
      },
    });
    const [, catalog, css] = behaviorsOf(full());
    expect(catalog?.origin_request_policy_id).toBe(
      ref("aws_cloudfront_origin_request_policy.edge_request-viewer-country.id"),
    );
    expect(css).not.toHaveProperty("origin_request_policy_id");
  });

  test("lets the viewer's country reach functions", () => {
    const country = { items: ["CloudFront-Viewer-Country"] };
    expect(full().at("aws_cloudfront_origin_request_policy.edge_request-viewer-country")).toMatchObject({
      headers_config: { header_behavior: "whitelist", headers: country },
      cookies_config: { cookie_behavior: "none" },
    });
    expect(full().at("aws_cloudfront_origin_request_policy.edge_request-all-and-country")).toMatchObject({
      headers_config: { header_behavior: "allViewerAndWhitelistCloudFront", headers: country },
      cookies_config: { cookie_behavior: "all" },
      query_strings_config: { query_string_behavior: "all" },
    });
  });

  test("puts security headers in place of the origin's", () => {
    const { security_headers_config } = minimal().at("aws_cloudfront_response_headers_policy.edge_response-headers");
    expect(security_headers_config).toEqual({
      strict_transport_security: {
        access_control_max_age_sec: 63_072_000,
        include_subdomains: true,
        preload: false,
        override: true,
      },
      content_security_policy: {
        content_security_policy: "default-src 'none'; frame-ancestors 'none'",
        override: true,
      },
      content_type_options: { override: true },
      frame_options: { frame_option: "DENY", override: true },
      referrer_policy: { referrer_policy: "no-referrer", override: true },
    });
    expect(behaviorsOf(full()).every(({ response_headers_policy_id }) => response_headers_policy_id)).toBe(true);
  });

  test("keeps access logs in a closed bucket of the given region until they expire", () => {
    const { at } = full();
    expect(at("aws_s3_bucket.edge_access-logs_bucket")).toMatchObject({
      provider: "aws.eu-west-1",
      bucket: "test-full-access-logs-111122223333",
    });
    expect(at("aws_s3_bucket_ownership_controls.edge_access-logs_ownership").rule).toEqual({
      object_ownership: "BucketOwnerEnforced",
    });
    expect(at("aws_s3_bucket_public_access_block.edge_access-logs_public-access")).toMatchObject({
      block_public_acls: true,
      block_public_policy: true,
      ignore_public_acls: true,
      restrict_public_buckets: true,
    });
    expect(at("aws_s3_bucket_lifecycle_configuration.edge_access-logs_lifecycle").rule).toEqual([
      expect.objectContaining({
        status: "Enabled",
        expiration: [{ days: 30 }],
        noncurrent_version_expiration: [{ noncurrent_days: 30 }],
      }),
      expect.objectContaining({ status: "Enabled", expiration: [{ expired_object_delete_marker: true }] }),
    ]);
    expect(at("aws_s3_bucket_versioning.edge_access-logs_versioning").versioning_configuration).toEqual({
      status: "Enabled",
    });
    const statements = JSON.parse(String(at("aws_s3_bucket_policy.edge_access-logs_policy").policy)).Statement;
    expect(statements).toEqual([
      expect.objectContaining({
        Principal: { Service: "delivery.logs.amazonaws.com" },
        Action: "s3:PutObject",
        Condition: expect.objectContaining({
          StringEquals: { "aws:SourceAccount": "111122223333", "s3:x-amz-acl": "bucket-owner-full-control" },
        }),
      }),
      expect.objectContaining({ Effect: "Deny", Condition: { Bool: { "aws:SecureTransport": "false" } } }),
    ]);
  });

  test("logs who reads access logs, in a second closed bucket that takes S3's log only", () => {
    const { at } = full();
    expect(at("aws_s3_bucket_logging.edge_access-logs_readers_logging")).toMatchObject({
      provider: "aws.eu-west-1",
      bucket: ref("aws_s3_bucket.edge_access-logs_bucket.id"),
      target_bucket: ref("aws_s3_bucket.edge_access-logs_readers_bucket.id"),
      depends_on: ["aws_s3_bucket_policy.edge_access-logs_readers_policy"],
    });
    expect(at("aws_s3_bucket_public_access_block.edge_access-logs_readers_public-access")).toMatchObject({
      block_public_policy: true,
      restrict_public_buckets: true,
    });
    const [write] = JSON.parse(String(at("aws_s3_bucket_policy.edge_access-logs_readers_policy").policy)).Statement;
    expect(write).toMatchObject({
      Principal: { Service: "logging.s3.amazonaws.com" },
      Action: "s3:PutObject",
      Condition: {
        StringEquals: { "aws:SourceAccount": "111122223333" },
        ArnLike: { "aws:SourceArn": ref("aws_s3_bucket.edge_access-logs_bucket.arn") },
      },
    });
  });

  test("adds and removes headers, and lets pages be in frames of their own origin", () => {
    const responseHeaders = {
      frameOptions: "SAMEORIGIN" as const,
      permissionsPolicy: "camera=()",
      add: { "Cross-Origin-Resource-Policy": "same-origin" },
      remove: ["Server", "X-Powered-By"],
    };
    const result = minimal({ config: { ...minimalProps.config, responseHeaders } });
    expect(result.at("aws_cloudfront_response_headers_policy.edge_response-headers")).toMatchObject({
      security_headers_config: { frame_options: { frame_option: "SAMEORIGIN", override: true } },
      custom_headers_config: {
        items: [
          { header: "Permissions-Policy", value: "camera=()", override: true },
          { header: "Cross-Origin-Resource-Policy", value: "same-origin", override: true },
        ],
      },
      remove_headers_config: { items: [{ header: "Server" }, { header: "X-Powered-By" }] },
    });
  });

  test.each([
    [
      { add: { "X-Frame-Options": "DENY" } },
      "responseHeaders.add.X-Frame-Options: has a field of its own; use frameOptions",
    ],
    [{ add: { "X-Content-Type-Options": "nosniff" } }, "is always nosniff; take it out"],
    [{ add: { "bad header": "1" } }, "is not the name of a header; use letters, digits and hyphens"],
    [{ add: { "X-Text": "a\nb" } }, "is not the value of a header"],
    [{ remove: ["Via"] }, "responseHeaders.remove[0]: is set by CloudFront itself; take it out"],
    [{ remove: ["Server", "server"] }, "responseHeaders.remove[1]: is listed twice; remove one of them"],
    [{ add: { Server: "shop" }, remove: ["server"] }, "is added as well, which takes the place of the origin's"],
    [
      { add: Object.fromEntries(Array.from({ length: 11 }, (_, at) => [`X-Text-${at}`, "1"])) },
      "has 11 headers with permissionsPolicy, but a policy adds 10 at most; let the origin send the others",
    ],
  ])("refuses the headers %j", (responseHeaders, message) => {
    expect(() => minimal({ config: { ...minimalProps.config, responseHeaders } })).toThrow(message);
  });

  test("delivers access logs from us-east-1, once the bucket lets it", () => {
    const { at } = full();
    expect(at("aws_cloudwatch_log_delivery_source.edge_access-logs_source")).toMatchObject({
      provider: "aws.us-east-1",
      log_type: "ACCESS_LOGS",
      resource_arn: ref("aws_cloudfront_distribution.edge_distribution.arn"),
    });
    expect(at("aws_cloudwatch_log_delivery.edge_access-logs_delivery")).toMatchObject({
      provider: "aws.us-east-1",
      depends_on: ["aws_s3_bucket_policy.edge_access-logs_policy"],
    });
  });

  test("is really deleted when destroyed, and waits for its deployments unless told not to", () => {
    expect(distributionOf(minimal())).toMatchObject({ retain_on_delete: false, wait_for_deployment: true });
    expect(distributionOf(full())).toMatchObject({ wait_for_deployment: false });
  });

  test("serves where the config says", () => {
    expect(distributionOf(full())).toMatchObject({
      price_class: "PriceClass_All",
      restrictions: { geo_restriction: { restriction_type: "blacklist", locations: ["AQ"] } },
    });
    expect(distributionOf(minimal())).toMatchObject({
      price_class: "PriceClass_100",
    });
    expect(distributionOf(minimal()).restrictions).toEqual({ geo_restriction: { restriction_type: "none" } });
  });

  test("alarms in us-east-1 on failed answers", () => {
    const { at } = full();
    expect(at("aws_cloudwatch_metric_alarm.edge_server-errors-alarm")).toMatchObject({
      provider: "aws.us-east-1",
      metric_name: "5xxErrorRate",
      threshold: 2,
      dimensions: { DistributionId: ref("aws_cloudfront_distribution.edge_distribution.id"), Region: "Global" },
      alarm_actions: [alarms.topicArn("us-east-1")],
    });
    expect(at("aws_cloudwatch_metric_alarm.edge_client-errors-alarm")).toMatchObject({ threshold: 20 });
    expect(minimal().resource.aws_cloudwatch_metric_alarm).toBeUndefined();
    expect(minimal({ alarms }).resource.aws_cloudwatch_metric_alarm).not.toHaveProperty("edge_client-errors-alarm");
  });

  test("is documented with an example that builds", () => {
    const source = readFileSync(path.join(__dirname, "example.ts"), "utf8");
    const readme = readFileSync(path.resolve(__dirname, "../../../modules/edge-distribution/README.md"), "utf8");
    expect(readme).toContain(source.slice(source.indexOf("export function build")).trim());
    const { at } = synthGlobal((stack) => {
      const router = new EdgeFunction(stack, "router", {
        ...functionProps,
        config: { ...functionProps.config, eventTypes: ["origin-request"] },
      });
      const firewall = new WebFirewall(stack, "firewall", {
        config: { scope: "CLOUDFRONT" },
        name: "prod",
        region: "us-east-1",
      });
      example(stack, router, firewall);
    });
    expect(at("aws_cloudfront_distribution.edge_distribution").web_acl_id).toBe(
      ref("aws_wafv2_web_acl.firewall_web-acl.arn"),
    );
  });
});

describe("EdgeDistribution refuses", () => {
  const association = (eventType: string, name: string) => ({
    config: { defaultBehavior: { functions: { [eventType]: { function: name } } } },
  });
  const withFunction = (qualifiedArn: string) => ({
    ...association("origin-request", "router"),
    functions: { router: { qualifiedArn, eventTypes: ["origin-request" as const] } },
  });
  const refused: [string, () => unknown, RegExp][] = [
    [
      "a function that it was not given",
      () => minimal(association("origin-request", "router")),
      /test\/edge: has no edge function "router" for origin-request; pass it in functions/,
    ],
    [
      "a function under another name",
      () => minimal({ ...association("origin-request", "ruter"), functions: fullProps.functions }),
      /has no edge function "ruter" for origin-request; use one of guard, router, stamp/,
    ],
    [
      "a function at an event that it was not built for",
      () => minimal({ ...association("viewer-request", "router"), functions: fullProps.functions }),
      /the edge function "router" is declared for origin-request, but is associated with viewer-request; add viewer-request/,
    ],
    [
      "the latest version of a function",
      () => minimal(withFunction("arn:aws:lambda:us-east-1:111122223333:function:router:$LATEST")),
      /"router" has ".*\$LATEST", which is not a numbered version in us-east-1; pass the ARN of a published version/,
    ],
    [
      "an alias of a function",
      () => minimal(withFunction("arn:aws:lambda:us-east-1:111122223333:function:router:live")),
      /which is not a numbered version/,
    ],
    [
      "a function of another region",
      () => minimal(withFunction("arn:aws:lambda:eu-west-1:111122223333:function:router:7")),
      /which is not a numbered version in us-east-1/,
    ],
    [
      "an origin with a scheme",
      () => minimal({ origins: { home: { domainName: "https://api.example.com" } } }),
      /the home origin "https:\/\/api\.example\.com" is not a domain name; write it in lower case without https/,
    ],
    [
      "a standby that is home",
      () => minimal({ origins: { home: { domainName: "a.example.com" }, standby: { domainName: "a.example.com" } } }),
      /home and standby are both "a\.example\.com", so failing over would change nothing/,
    ],
    [
      "a domain without its zone",
      () => full({ domain: undefined }),
      /has the domain shop\.example\.com but no hosted zone; pass domain/,
    ],
    [
      "a zone without a domain",
      () => minimal({ domain: fullProps.domain }),
      /has a hosted zone but no domain; set aliases/,
    ],
    [
      "a regional web ACL",
      () =>
        minimal({
          webAclArn: "arn:aws:wafv2:eu-west-1:111122223333:regional/webacl/test/0a1b2c3d-0000-4000-8000-000000000000",
        }),
      /is not a web ACL for CloudFront; create it in us-east-1 with scope CLOUDFRONT/,
    ],
    [
      "a name that is too long for the bucket",
      () => minimal({ name: "a".repeat(40) }),
      /has 65 characters, but AWS allows at most 63/,
    ],
  ];

  test.each(refused)("%s", (_, call, message) => {
    expect(call).toThrow(message);
  });
});

describe("edgeDistributionConfig", () => {
  const parse = (input: object) => parseConfig(edgeDistributionConfig, input, "edge");
  const byDefault = (defaultBehavior: object) => ({ defaultBehavior });

  test("fills in defaults", () => {
    expect(parse({})).toMatchObject({
      priceClass: "PriceClass_100",
      defaultBehavior: { methods: "all", functions: {} },
      failoverStatusCodes: [500, 502, 503, 504],
      origin: { connectionAttempts: 2, connectionTimeoutSeconds: 3, readTimeoutSeconds: 30 },
      accessLogRetentionDays: 90,
      waitForDeployment: true,
    });
  });

  const cached = { caching: {} };
  const refused: [string, object, RegExp][] = [
    [
      "a cache that does not know the headers that reach the origin",
      byDefault({ ...cached, viewerHeaders: "allExceptHost" }),
      /defaultBehavior\.viewerHeaders: forwards headers that are not in the cache key, so a viewer could get a response that was made for another; list the headers/,
    ],
    [
      "the viewer's Host at the origin without a function that replaces it",
      byDefault({ viewerHeaders: "allAndViewerCountry" }),
      /defaultBehavior\.viewerHeaders: sends the viewer's Host header to the origin, .*; associate an origin-request function/,
    ],
    [
      "Host in the cache key",
      byDefault({ caching: { headers: ["host"] } }),
      /defaultBehavior\.caching\.headers: contains Host, so the regional APIs would reject the request; remove it/,
    ],
    [
      "a minimum above the maximum in the cache",
      byDefault({ caching: { minTtlSeconds: 100, defaultTtlSeconds: 100, maxTtlSeconds: 50 } }),
      /caching\.minTtlSeconds: is above maxTtlSeconds/,
    ],
    [
      "a default outside of minimum and maximum",
      { behaviors: [{ pathPattern: "/a", caching: { defaultTtlSeconds: 7200 } }] },
      /behaviors\[0\]\.caching\.defaultTtlSeconds: is not between minTtlSeconds and maxTtlSeconds/,
    ],
    [
      "a body at a response event",
      byDefault({ functions: { "viewer-response": { function: "a", includeBody: true } } }),
      /functions\.viewer-response\.includeBody: has no effect on response events; remove it/,
    ],
    [
      "an unknown event",
      byDefault({ functions: { "viewer-requests": { function: "a" } } }),
      /functions\.viewer-requests: unknown field; did you mean "viewer-request"\?/,
    ],
    [
      "two functions at one event",
      byDefault({ functions: { "origin-request": [{ function: "a" }, { function: "b" }] } }),
      /functions\.origin-request: has the wrong type; use an object/,
    ],
    [
      "an unknown set of methods",
      byDefault({ methods: "write" }),
      /methods: is not one of the allowed values; use one of read, all/,
    ],
    [
      "a path pattern without a slash",
      { behaviors: [{ pathPattern: "catalog" }] },
      /pathPattern: is not a path pattern; start with \//,
    ],
    [
      "the default's own pattern",
      { behaviors: [{ pathPattern: "/*" }] },
      /pathPattern: matches every path, like the default behavior/,
    ],
    [
      "a pattern twice",
      { behaviors: [{ pathPattern: "/a" }, { pathPattern: "/a" }] },
      /behaviors\[1\]\.pathPattern: is the path pattern of behaviors\[0\] as well, which takes precedence; remove one/,
    ],
    [
      "two caching patterns with one address",
      {
        behaviors: [
          { pathPattern: "/a/b", ...cached },
          { pathPattern: "/a-b", ...cached },
        ],
      },
      /behaviors\[1\]\.pathPattern: would get a cache policy with the same Terraform address as that of \/a\/b/,
    ],
    [
      "a caching pattern with the default's address",
      { behaviors: [{ pathPattern: "/default", ...cached }] },
      /same Terraform address as that of the default behavior/,
    ],
    [
      "a status code that CloudFront does not fail over on",
      { failoverStatusCodes: [418] },
      /failoverStatusCodes\[0\]: is not one of the allowed values/,
    ],
    ["no status code", { failoverStatusCodes: [] }, /failoverStatusCodes: is too small/],
    [
      "four attempts to connect",
      { origin: { connectionAttempts: 4 } },
      /connectionAttempts: is too large; use at most 3/,
    ],
    [
      "a slow connection",
      { origin: { connectionTimeoutSeconds: 11 } },
      /connectionTimeoutSeconds: is too large; use at most 10/,
    ],
    [
      "a wait over the quota",
      { origin: { readTimeoutSeconds: 61 } },
      /readTimeoutSeconds: is too large; use at most 60/,
    ],
    ["an alias twice", { aliases: ["a.example.com", "a.example.com"] }, /aliases\[1\]: is listed twice/],
    ["a wildcard alias", { aliases: ["*.example.com"] }, /aliases\[0\]: is not a domain name/],
    [
      "countries without a restriction",
      { geoRestriction: { locations: ["DE"] } },
      /geoRestriction\.locations: has no effect with restrictionType none; set restrictionType/,
    ],
    [
      "a restriction without countries",
      { geoRestriction: { restrictionType: "whitelist" } },
      /geoRestriction\.locations: is empty, but restrictionType is whitelist; list the countries/,
    ],
    [
      "a country by its name",
      { geoRestriction: { restrictionType: "whitelist", locations: ["Germany"] } },
      /locations\[0\]: is not a country code; use two capital letters/,
    ],
    [
      "HTTPS for too short a time",
      { responseHeaders: { strictTransportSecurityDays: 30 } },
      /strictTransportSecurityDays: is too small; use at least 180/,
    ],
    [
      "a preload that browsers refuse",
      { responseHeaders: { preload: true, includeSubdomains: false } },
      /responseHeaders\.preload: does not meet the requirements of browsers' preload lists/,
    ],
    ["a misspelt field", { prizeClass: "x" }, /prizeClass: unknown field; did you mean "priceClass"\?/],
  ];

  test.each(refused)("refuses %s", (_, input, message) => {
    expect(() => parse(input)).toThrow(message);
  });

  test("reports mistakes in several places at once", () => {
    expect(() => parse({ aliases: ["A"], failoverStatusCodes: [], behaviors: [{ pathPattern: "/*" }] })).toThrow(
      "3 mistakes",
    );
  });
});

describe("failoverSeconds", () => {
  test("says how long a viewer waits for the standby at most", () => {
    const { origin } = parseConfig(edgeDistributionConfig, {}, "edge");
    expect(failoverSeconds({ origin })).toEqual({ unreachable: 6, silent: 60 });
  });
});

describe("originRoutingConfig", () => {
  const parse = (input: object) => parseConfig(originRoutingConfig, input, "routing");

  test("sends everything home by default", () => {
    expect(parse({})).toEqual({ standbyCountries: [], standbyEdgeRegions: [], writes: "home" });
  });

  test.each<[string, object, RegExp]>([
    [
      "a country in lower case",
      { standbyCountries: ["de"] },
      /standbyCountries\[0\]: is not a country code; use two capital letters/,
    ],
    ["a country twice", { standbyCountries: ["DE", "DE"] }, /standbyCountries\[1\]: is listed twice/],
    ["a region that does not exist", { standbyEdgeRegions: ["eu-west-9"] }, /standbyEdgeRegions\[0\]: is not one of/],
    [
      "an unknown place for writes",
      { writes: "standby" },
      /writes: is not one of the allowed values; use one of home, nearest/,
    ],
  ])("refuses %s", (_, input, message) => {
    expect(() => parse(input)).toThrow(message);
  });
});

describe("behaviorId", () => {
  test.each([
    ["/catalog/*", "catalog-any"],
    ["/*.css", "any-css"],
    ["/v1.2/Line_Items", "v1-2-line-items"],
    ["/a?c", "a-one-c"],
    ["/", "root"],
  ])("of %s is %s", (pattern, id) => {
    expect(behaviorId(pattern)).toBe(id);
  });
});
