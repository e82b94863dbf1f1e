import {
  arn,
  cidrBlock,
  parseArn,
  subnetCidrBlock,
  tagKey,
  tagSet,
  tagValue,
  vpcCidrBlock,
  vpcIpv6CidrBlock,
} from "../../../values/languages";
import { seeded, told } from "./random";

describe("An address range", () => {
  test.each([
    "10.0.0.0/8",
    "0.0.0.0/0",
    "203.0.113.7/32",
    "2001:db8::/32",
    "::/0",
    "2001:db8:1234:1a00::/56",
    "::1/128",
  ])("may be %s", (text) => expect(cidrBlock(text)).toBeUndefined());

  test.each([
    ["10.0.0.0", "is not an address range; write it in CIDR notation"],
    ["10.0.0.0/33", "is not an address range"],
    ["10.0.0.0/-1", "is not an address range"],
    ["10.0.0.0/08", "is not an address range"],
    ["10.0.0/8", "is not an address range"],
    ["010.0.0.0/8", "is not an address range"],
    ["256.0.0.0/8", "is not an address range"],
    ["10.0.0.0/8/8", "is not an address range"],
    ["fe80::1%eth0/64", "is not an address range"],
    ["2001:db8::/129", "is not an address range"],
    ["", "is not an address range"],
    ["1".repeat(100_000), "is not an address range"],
    ["10.0.0.1/8", "has bits set after its prefix; write 10.0.0.0/8"],
    ["2001:db8::1/32", "has bits set after its prefix; write 2001:db8::/32"],
  ])("is not %.30s", (text, message) => {
    expect(cidrBlock(text)).toMatch(told);
    expect(cidrBlock(text)).toContain(message);
  });

  test("starts at its own boundary, whatever its size", () => {
    const random = seeded(11);
    for (let round = 0; round < 500; round += 1) {
      const prefix = random(1, 31);
      const bytes = Buffer.alloc(4);
      const network = ((random(0, 2 ** 32 - 1) >>> (32 - prefix)) << (32 - prefix)) >>> 0;
      bytes.writeUInt32BE(network);
      expect(cidrBlock(`${bytes.join(".")}/${prefix}`)).toBeUndefined();
      bytes.writeUInt32BE(network + random(1, 2 ** (32 - prefix) - 1));
      expect(cidrBlock(`${bytes.join(".")}/${prefix}`)).toContain("has bits set after its prefix");
    }
  });

  test("may have to be private, public, or of a version", () => {
    expect(cidrBlock("172.16.0.0/12", { addresses: "private" })).toBeUndefined();
    expect(cidrBlock("fd00::/8", { addresses: "private" })).toBeUndefined();
    expect(cidrBlock("172.0.0.0/8", { addresses: "private" })).toContain("is outside the private ranges");
    expect(cidrBlock("8.8.8.0/24", { addresses: "public" })).toBeUndefined();
    expect(cidrBlock("10.1.0.0/16", { addresses: "public" })).toContain("is private");
    expect(cidrBlock("2001:db8::/32", { version: 4 })).toContain("is not an IPv4 range");
    expect(cidrBlock("10.0.0.0/8", { version: 6 })).toContain("is not an IPv6 range");
  });
});

describe("The block of a VPC", () => {
  test("is /16 to /28, or /44 to /60 in steps of 4 for IPv6", () => {
    for (let prefix = 0; prefix <= 32; prefix += 1) {
      expect(vpcCidrBlock(`0.0.0.0/${prefix}`) === undefined).toBe(prefix >= 16 && prefix <= 28);
    }
    for (let prefix = 0; prefix <= 128; prefix += 1) {
      expect(vpcIpv6CidrBlock(`::/${prefix}`) === undefined).toBe([44, 48, 52, 56, 60].includes(prefix));
    }
  });

  test("holds the blocks of its subnets, which do not overlap", () => {
    expect(subnetCidrBlock("10.64.1.0/24", "10.64.0.0/20", ["10.64.0.0/24"])).toBeUndefined();
    expect(subnetCidrBlock("10.65.0.0/24", "10.64.0.0/20")).toBe(
      "is outside of the VPC's block 10.64.0.0/20; use a part of it",
    );
    expect(subnetCidrBlock("10.64.0.0/16", "10.64.0.0/20")).toContain("is outside of the VPC's block");
    expect(subnetCidrBlock("10.64.0.128/25", "10.64.0.0/20", ["10.64.1.0/24", "10.64.0.0/24"])).toContain(
      "overlaps the subnet 10.64.0.0/24",
    );
    expect(subnetCidrBlock("10.64.0.0/29", "10.64.0.0/20")).toContain("has the prefix length /29; use /16 to /28");
  });
});

describe("A tag", () => {
  test("has a key of 1 to 128 and a value of at most 256 of the characters that AWS takes", () => {
    for (const key of ["a", "Cost Center", "a_.:/=+-@9", "größe", "x".repeat(128)]) expect(tagKey(key)).toBeUndefined();
    for (const value of ["", "a b", "x".repeat(256)]) expect(tagValue(value)).toBeUndefined();
    expect(tagKey("")).toBe("is empty; use 1 to 128 characters");
    expect(tagKey("x".repeat(129))).toContain("has 129 characters");
    expect(tagKey("aws:name")).toContain("begins with aws:");
    expect(tagKey("AWS:name")).toContain("begins with aws:");
    expect(tagKey(" a")).toContain("begins or ends with a space");
    for (const character of "!\"#$%&'()*,;<>?[\\]^`{|}~\t\n") {
      expect(tagKey(`a${character}b`)).toContain("has a character that AWS tags do not allow");
      expect(tagValue(`a${character}b`)).toContain("has a character that AWS tags do not allow");
    }
    expect(tagValue("x".repeat(257))).toContain("has 257 characters");
  });

  test("is one of at most 50, with keys that differ by more than case", () => {
    const tags = (count: number) => Object.fromEntries(Array.from({ length: count }, (_, at) => [`k${at}`, "v"]));
    expect(tagSet(tags(50))).toBeUndefined();
    expect(tagSet(tags(51))).toBe("has 51 tags; use at most 50");
    expect(tagSet({ Team: "a", team: "b" })).toBe(
      "has the keys Team and team, which IAM treats as the same key; use one of them",
    );
    expect(tagSet({ "aws:x": "a" })).toContain("its key aws:x begins with aws:");
    expect(tagSet({ a: "#" })).toContain("its tag a has a character");
  });
});

describe("An ARN", () => {
  test.each([
    [
      "arn:aws:iam::123456789012:role/path/deploy",
      { service: "iam", region: "", account: "123456789012", resource: "role/path/deploy" },
    ],
    [
      "arn:aws-cn:s3:::bucket/key:with:colons",
      { partition: "aws-cn", service: "s3", account: "", resource: "bucket/key:with:colons" },
    ],
    ["arn:aws-us-gov:kms:us-gov-west-1:123456789012:key/mrk-1", { partition: "aws-us-gov", region: "us-gov-west-1" }],
    ["arn:aws:iam::aws:policy/ReadOnlyAccess", { account: "aws" }],
  ])("may be %s", (text, parts) => {
    expect(parseArn(text)).toMatchObject(parts);
    expect(arn(text)).toBeUndefined();
  });

  test.each([
    "",
    "arn",
    "arn:aws:iam::123:role/x",
    "arn:aws:iam::123456789012:",
    "arn:AWS:iam::123456789012:role/x",
    "arn:aws:kms:europe:123456789012:key/x",
    "urn:aws:iam::123456789012:role/x",
    "arn:aws:iam::123456789012:role/a b",
    "x".repeat(100_000),
  ])("is not %.40s", (text) =>
    expect(arn(text)).toBe("is not an ARN; write it as arn:aws:service:region:account:resource"),
  );

  test("may have to be of a service, partition, region, account and type", () => {
    const key = "arn:aws:kms:eu-west-1:123456789012:key/1";
    const rules = { service: "kms", partition: "aws", region: "eu-west-1", account: "123456789012", resource: "key/" };
    expect(arn(key, rules)).toBeUndefined();
    expect(arn(key, { ...rules, service: "sns" })).toBe("is an ARN with the service kms; use one with the service sns");
    expect(arn(key, { ...rules, partition: "aws-cn" })).toBe(
      "is an ARN with the partition aws; use one with the partition aws-cn",
    );
    expect(arn(key, { ...rules, region: "eu-west-2" })).toBe(
      "is an ARN with the region eu-west-1; use one with the region eu-west-2",
    );
    expect(arn(key, { ...rules, account: "210987654321" })).toBe(
      "is an ARN with the account 123456789012; use one with the account 210987654321",
    );
    expect(arn(key, { ...rules, resource: "alias/" })).toMatch(
      /^is not an ARN of the resource type alias; write it as arn:aws:kms:eu-west-1:123456789012:alias\//,
    );
    expect(arn("arn:aws:iam::123456789012:role/x", { region: "eu-west-1" })).toBe(
      "is an ARN without region; use one with the region eu-west-1",
    );
  });
});
