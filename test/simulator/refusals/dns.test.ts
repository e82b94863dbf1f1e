import type { ObjectValue } from "../../../simulator/protocol/values";
import { account, home, standby, TestCloud } from "./cloud";

const record = (name: string, more: ObjectValue = {}): ObjectValue => ({
  id: [name, more.type ?? "A", more.set_identifier ?? ""].join("_"),
  zone_id: "Z1",
  name,
  type: "A",
  ...more,
});
const failover = (type: string, set_identifier = type.toLowerCase()): ObjectValue => ({
  set_identifier,
  failover_routing_policy: [{ type }],
});
const zone = { id: "Z1", zone_id: "Z1", name: "example.org" };
const withRecord = (...records: ObjectValue[]) => {
  const cloud = new TestCloud().has("aws_route53_zone", zone);
  for (const one of records) cloud.has("aws_route53_record", one);
  return cloud;
};

describe("Route 53 refuses a record", () => {
  test("that is there already, however it is written", () => {
    const cloud = withRecord(record("www.example.org"));
    for (const name of ["www.example.org", "WWW.example.org.", "www"]) {
      expect(cloud.in(standby).creating("aws_route53_record", record(name))).toMatch(
        /^creating Route53 Record: operation error Route 53: ChangeResourceRecordSets, https response error StatusCode: 400, RequestID: …, InvalidChangeBatch: \[Tried to create resource record set \[name='www\.example\.org\.', type='A'\] but it already exists\]/,
      );
    }
    expect(cloud.creating("aws_route53_record", record("api.example.org"))).toBe("");
    expect(cloud.creating("aws_route53_record", record("www.example.org", { zone_id: "Z2" }))).toBe("");
    expect(cloud.creating("aws_route53_record", record("www.example.org", { allow_overwrite: true }))).toContain(
      "AWS would accept this, and two resources would manage one thing",
    );
  });

  test("that cannot live beside others of its name", () => {
    const creating = (there: ObjectValue, more: ObjectValue) =>
      withRecord(there).creating("aws_route53_record", record("www.example.org", more));
    expect(creating(record("www.example.org"), { type: "AAAA" })).toBe("");
    expect(creating(record("www.example.org"), { type: "CNAME" })).toContain("conflicting RRSet of another type");
    expect(creating(record("www.example.org", { type: "CNAME" }), {})).toContain("conflicting RRSet of type CNAME");
    const primary = record("www.example.org", failover("PRIMARY"));
    expect(creating(primary, failover("SECONDARY"))).toBe("");
    expect(creating(primary, failover("PRIMARY", "another"))).toContain("already a PRIMARY failover record");
    expect(creating(primary, {})).toContain("as other RRSets exist with the same name and type");
    const weighted = { set_identifier: "w", weighted_routing_policy: [{ weight: 1 }] };
    expect(creating(primary, weighted)).toContain("as other RRSets exist with the same name and type");
    expect(withRecord().creating("aws_route53_record", record("example.org", { type: "CNAME" }))).toContain("at apex");
  });

  test("that becomes a second PRIMARY, but not one that leads elsewhere in its role", () => {
    const [primary, secondary] = ["PRIMARY", "SECONDARY"].map((role) => record("www.example.org", failover(role)));
    const cloud = withRecord(primary as ObjectValue, secondary as ObjectValue);
    const changed = (more: ObjectValue) =>
      cloud.changing("aws_route53_record", secondary as ObjectValue, { ...secondary, ...more });
    expect(changed(failover("PRIMARY", "secondary"))).toContain("already a PRIMARY failover record");
    expect(changed({ alias: [{ name: "d-2.execute-api.eu-west-1.amazonaws.com", zone_id: "ZLY8HYME6SFDD" }] })).toBe(
      "",
    );
  });

  test("that is an alias of what is not in the zone", () => {
    const alias = (name: string, zone_id = "Z1") =>
      withRecord(record("eu.example.org")).creating(
        "aws_route53_record",
        record("www.example.org", { alias: [{ name, zone_id }] }),
      );
    expect(alias("eu.example.org")).toBe("");
    expect(alias("d-1.execute-api.eu-west-1.amazonaws.com", "ZLY8HYME6SFDD")).toBe("");
    expect(alias("eu.example.com")).toMatch(
      /\[Tried to create an alias that targets eu\.example\.com\., type A in zone Z1, but the alias target name does not lie within the target zone\]$/,
    );
    expect(alias("us.example.org")).toMatch(/but that target was not found\]$/);
  });

  test("in a zone or with a health check that is gone", () => {
    const cloud = new TestCloud().lost("aws_route53_zone", zone).lost("aws_route53_health_check", { id: "hc-1" });
    expect(cloud.creating("aws_route53_record", record("www.example.org"))).toBe(
      "reading Route 53 Hosted Zone (Z1): couldn't find resource",
    );
    const checked = (health_check_id: string) => record("www.example.org", { zone_id: "Z2", health_check_id });
    expect(cloud.creating("aws_route53_record", checked("hc-1"))).toContain("NoSuchHealthCheck");
    expect(cloud.creating("aws_route53_record", checked("hc-outside"))).toBe("");
  });
});

describe("Route 53 refuses", () => {
  test("by an account that the zone is not of, but not with a health check of another account", () => {
    const cloud = new TestCloud().has("aws_route53_zone", zone);
    const environment = cloud.of("444455556666").has("aws_route53_health_check", { id: "hc-1" });
    expect(environment.creating("aws_route53_record", record("www.example.org"))).toContain("AccessDenied");
    expect(cloud.creating("aws_route53_record", record("www.example.org", { health_check_id: "hc-1" }))).toBe("");
  });

  test("to delete a zone with records, unless it is asked to", () => {
    const cloud = withRecord(record("www.example.org"));
    expect(cloud.deleting("aws_route53_zone", zone)).toContain("HostedZoneNotEmpty");
    expect(cloud.deleting("aws_route53_zone", { ...zone, force_destroy: true })).toBe("");
    expect(withRecord().deleting("aws_route53_zone", zone)).toBe("");
  });

  test("a health check of an alarm that is not in the region named", () => {
    const cloud = new TestCloud().has("aws_cloudwatch_metric_alarm", { alarm_name: "late" });
    const creating = (cloudwatch_alarm_name: string, cloudwatch_alarm_region: string) =>
      cloud.creating("aws_route53_health_check", { id: "hc", cloudwatch_alarm_name, cloudwatch_alarm_region });
    expect(creating("late", home)).toBe("");
    expect(creating("late", standby)).toContain("InvalidInput: The specified CloudWatch alarm late does not exist");
    expect(creating("later", home)).toContain("InvalidInput");
  });

  test("a health check over one that is gone", () => {
    const cloud = new TestCloud()
      .has("aws_route53_health_check", { id: "hc-1" })
      .lost("aws_route53_health_check", { id: "hc-2" });
    const creating = (...child_healthchecks: string[]) =>
      cloud.creating("aws_route53_health_check", { id: "hc", child_healthchecks });
    expect(creating("hc-1")).toBe("");
    expect(creating("hc-1", "hc-2")).toContain("InvalidInput: The specified child health check hc-2 does not exist.");
  });
});

describe("Certificate Manager refuses", () => {
  const arn = `arn:aws:acm:${home}:${account}:certificate/c`;

  test("to delete a certificate that is in use, in whichever region", () => {
    const cloud = new TestCloud().has("aws_acm_certificate", { arn });
    expect(cloud.deleting("aws_acm_certificate", { arn })).toBe("");
    cloud.has("aws_apigatewayv2_domain_name", {
      domain_name: "a",
      domain_name_configuration: [{ certificate_arn: arn }],
    });
    expect(cloud.deleting("aws_acm_certificate", { arn })).toMatch(
      /^deleting ACM Certificate \(arn.*\): operation error ACM: DeleteCertificate, .* ResourceInUseException: Certificate .* is in use\.$/,
    );
  });

  test("to wait for a certificate that is gone or in another region", () => {
    const cloud = new TestCloud().has("aws_acm_certificate", { arn });
    const waiting = { id: "w", certificate_arn: arn };
    expect(cloud.creating("aws_acm_certificate_validation", waiting)).toBe("");
    expect(cloud.in(standby).creating("aws_acm_certificate_validation", waiting)).toContain(
      "ResourceNotFoundException",
    );
  });
});

describe("Recovery control refuses", () => {
  const type = (name: string) => `aws_route53recoverycontrolconfig_${name}`;
  const panel = { arn: "arn:panel", name: "panel", cluster_arn: "arn:cluster" };
  const control = (name: string, control_panel_arn = "arn:panel") => ({ arn: `arn:${name}`, name, control_panel_arn });

  test("second names", () => {
    const cloud = new TestCloud().has(type("cluster"), { arn: "arn:cluster", name: "one" });
    expect(cloud.in("us-west-2").creating(type("cluster"), { arn: "arn:other", name: "one" })).toMatch(
      /^creating Route53 Recovery Control Config Cluster: .*StatusCode: 409, .* ConflictException: /,
    );
    expect(cloud.creating(type("cluster"), { arn: "arn:other", name: "two" })).toBe("");
  });

  test("a safety rule about controls of another panel, or that are gone", () => {
    const cloud = new TestCloud().has(type("control_panel"), panel).has(type("routing_control"), control("a"));
    cloud.has(type("routing_control"), control("b", "arn:other")).lost(type("routing_control"), control("c"));
    const creating = (...asserted_controls: string[]) =>
      cloud.creating(type("safety_rule"), {
        arn: "arn:rule",
        name: "r",
        control_panel_arn: "arn:panel",
        asserted_controls,
      });
    expect(creating("arn:a")).toBe("");
    expect(creating("arn:a", "arn:b")).toContain("ValidationException");
    expect(creating("arn:c")).toContain("ResourceNotFoundException");
  });

  test("to delete what is not empty", () => {
    const cloud = new TestCloud();
    expect(cloud.deleting(type("cluster"), { arn: "arn:cluster", name: "one" })).toBe("");
    cloud.has(type("control_panel"), panel);
    expect(cloud.deleting(type("cluster"), { arn: "arn:cluster", name: "one" })).toContain("ConflictException");
    expect(cloud.deleting(type("control_panel"), panel)).toBe("");
    cloud.has(type("routing_control"), control("a"));
    expect(cloud.deleting(type("control_panel"), panel)).toContain("ConflictException");
    expect(cloud.deleting(type("routing_control"), control("a"))).toBe("");
    cloud.has(type("safety_rule"), {
      arn: "arn:rule",
      name: "r",
      control_panel_arn: "arn:panel",
      asserted_controls: ["arn:a"],
    });
    expect(cloud.deleting(type("routing_control"), control("a"))).toContain("ConflictException");
  });
});
