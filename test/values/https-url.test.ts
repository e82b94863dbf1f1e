import { type UrlParts, urlFlaw } from "../../values/https-url";

const whole: UrlParts = { path: true, query: true, fragment: true, capitals: true };

describe("An https address", () => {
  test.each([
    "https://example.com",
    "https://vault.example.com:8200",
    "https://vault",
    "https://192.0.2.1",
    "https://a.b-c.d:1",
    "https://example.com:65535",
    `https://${"a".repeat(63)}.example.com`,
  ])("arrives as it stands: %s", (text) => {
    expect(urlFlaw(text)).toBeUndefined();
    expect(urlFlaw(`${text}/a/b?c=d&e=%20#f`, whole)).toBeUndefined();
  });

  const white = "it contains white space or a control character";
  const scheme = "it does not begin with https://";
  const host = "its host is not a domain name or an IPv4 address";
  const port = "its port is not between 1 and 65535";
  const user = "it contains a user or a password";
  const more = "something follows its host and port";
  const flaws: readonly [text: string, flaw: string][] = [
    ["", scheme],
    ["example.com", scheme],
    ["//example.com", scheme],
    ["http://example.com", scheme],
    ["HTTPS://example.com", scheme],
    ["https:example.com", scheme],
    ["https:/example.com", scheme],
    ["https:\\\\example.com", scheme],
    ["ftp://example.com", scheme],
    ["javascript:alert(1)", scheme],
    [" https://example.com", white],
    ["https://example.com\n", white],
    ["https://exam\tple.com", white],
    ["https://example.com\u0000", white],
    ["https://example.com/\u00a0", white],
    ["https://", host],
    ["https://:443", host],
    ["https://.example.com", host],
    ["https://example.com.", host],
    ["https://-a.example.com", host],
    ["https://a..b", host],
    ["https://*.example.com", host],
    ["https://exämple.com", host],
    ["https://ex%61mple.com", host],
    ["https://1.2", host],
    ["https://0x7f.1", host],
    ["https://1.2.3.256", host],
    ["https://[::1]", host],
    ["https://a:b:c", host],
    [`https://${"a".repeat(64)}.com`, host],
    [`https://${"a.".repeat(127)}com`, host],
    ["https://example.com:", port],
    ["https://example.com:0", port],
    ["https://example.com:080", port],
    ["https://example.com:65536", port],
    ["https://example.com:99999", port],
    ["https://example.com:8a", port],
    ["https://example.com:-1", port],
    ["https://user:pw@example.com", user],
    ["https://token@example.com", user],
    ["https://@example.com", user],
    ["https://example.com/", more],
    ["https://example.com/a", more],
    ["https://example.com?a", "it contains a query"],
    ["https://example.com/?a", "it contains a query"],
    ["https://example.com#a", "it contains a fragment"],
    ["https://example.com\\a", "it contains a backslash"],
    ["https://Example.com", "its host has capitals"],
  ];

  test.each(flaws)("%j has a flaw: %s", (text, flaw) => expect(urlFlaw(text)).toBe(flaw));

  test("may be plain on hosts that are named, and nowhere else", () => {
    const plainHosts = ["localhost"];
    expect(urlFlaw("http://localhost:3000", { plainHosts })).toBeUndefined();
    expect(urlFlaw("http://localhost.example.com", { plainHosts })).toBe(scheme);
  });

  test("of any length is told in one pass", () => {
    expect(urlFlaw(`https://${"a-".repeat(500_000)}`)).toBe(host);
    expect(urlFlaw(`https://a/${"@:/?".repeat(500_000)}`, whole)).toBeUndefined();
  });
});
