import { AddressSpace } from "../../values/address-space";

const split = (bits: number, count: number, render: (at: number) => string) =>
  Array.from({ length: count }, (_, at) => `${render(at)}/${bits}`);

describe("AddressSpace", () => {
  test.each([
    [["0.0.0.0/1", "128.0.0.0/1"], 4, 2n ** 32n],
    [["10.0.0.0/8", "10.1.0.0/16"], 4, 2n ** 24n],
    [["10.0.0.0/9", "10.128.0.0/9", "10.1.2.3/32"], 4, 2n ** 24n],
    [["203.0.113.77/24"], 4, 256n],
    [["::/0"], 6, 2n ** 128n],
    [["::/1", "8000::/1"], 6, 2n ** 128n],
    [["2001:db8::/32", "2001:db8:1::/48"], 6, 2n ** 96n],
    [["::ffff:192.0.2.1/128"], 6, 1n],
    [["192.0.2.0/24"], 6, 0n],
    [["no range", "1.2.3.4", "1.2.3.4/33", "1.2.3.4/8/8"], 4, 0n],
    [split(8, 256, (at) => `${at}.0.0.0`), 4, 2n ** 32n],
  ] as const)("counts %j once each", (ranges, version, size) => {
    expect(new AddressSpace(ranges).size(version)).toBe(size);
  });

  test("tells whether it is larger than one range", () => {
    expect(new AddressSpace(["10.0.0.0/8"]).isLargerThan(4, 8)).toBe(false);
    expect(new AddressSpace(["10.0.0.0/8", "11.0.0.0/32"]).isLargerThan(4, 8)).toBe(true);
    expect(new AddressSpace(["2001::/16"]).isLargerThan(6, 16)).toBe(false);
  });

  test("knows most of the internet, however it is cut", () => {
    expect(new AddressSpace(["0.0.0.0/1"]).hasMostOf(4)).toBe(false);
    expect(new AddressSpace(["0.0.0.0/1", "224.0.0.0/32"]).hasMostOf(4)).toBe(true);
    expect(
      new AddressSpace(split(9, 300, (at) => `${Math.floor(at / 2) % 256}.${(at % 2) * 128}.0.0`)).hasMostOf(4),
    ).toBe(true);
    expect(new AddressSpace(["2000::/3"]).hasMostOf(6)).toBe(true);
    expect(new AddressSpace(["2000::/4"]).hasMostOf(6)).toBe(false);
    expect(new AddressSpace(["4000::/2", "8000::/1"]).hasMostOf(6)).toBe(false);
  });

  test("covers what its ranges cover together", () => {
    const space = new AddressSpace(["10.0.0.0/9", "10.128.0.0/9"]);
    expect(space.covers("10.0.0.0/8")).toBe(true);
    expect(space.covers("10.0.0.0/7")).toBe(false);
    expect(space.covers("::/0")).toBe(false);
    expect(space.covers("no range")).toBe(false);
  });
});
