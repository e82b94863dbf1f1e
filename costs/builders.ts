import type { Construct } from "constructs";
import type { Capability } from "../contract";

type Build = (construct: Construct, at: unknown) => void;

/** Which capability made which construct: those that are there after its call and were not before. */
export class Builders {
  private readonly known = new WeakSet<Construct>();
  private readonly makers = new Map<string, string>();

  /** The same capability, whose constructs are noted. */
  noting(capability: Capability): Capability {
    const { name, builds } = capability;
    if (!builds) return capability;
    const noted = Object.fromEntries(
      Object.entries(builds).map(([point, build]) => [
        point,
        (construct: Construct, at: unknown) =>
          this.during(name, construct, () => (build as Build).call(builds, construct, at)),
      ]),
    );
    return { ...capability, builds: noted };
  }

  /** The capability that made the construct of a path; undefined for the base. */
  makerOf(path: string): string | undefined {
    return this.makers.get(path);
  }

  private during(name: string, { node: { root } }: Construct, build: () => void): void {
    for (const construct of root.node.findAll()) this.known.add(construct);
    build();
    for (const construct of root.node.findAll()) {
      if (!this.known.has(construct)) this.makers.set(construct.node.path, name);
    }
  }
}
