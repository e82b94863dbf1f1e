import type { BaseEnvironment, EnabledCapabilities, Rule } from "../../contract";
import { partitionOf } from "../../modules/core";
import { classesLike, engineLabel, hasInstanceClass, isInstanceClass } from "../../values/availability";

/** How many classes a message names. */
const mostNamed = 6;

/** Families that a global database may have; the class is checked by its own field. */
const globalFamily = /^db\.r\d/;

const classesAreInTheRegions: Rule = {
  id: "instance-classes-are-in-the-regions",
  statement: "Each region of a database has its instance class, those of later stages included.",
  check({ databases, regions }, report, enabled) {
    const places = databaseRegions(regions, enabled);
    databases.forEach(({ cluster: { capacity, engine } }, index) => {
      if (capacity.type !== "provisioned" || !globalFamily.test(capacity.instanceClass)) return;
      const { instanceClass } = capacity;
      const without = places.filter((region) => !hasInstanceClass(instanceClass, region, engine));
      if (without.length === 0) return;
      const like = classesLike(instanceClass, places, engine).filter((name) => globalFamily.test(name));
      const use = like.length > 0 ? like.slice(0, mostNamed).join(", ") : "db.serverless, by capacity.type serverless";
      const wrong = isInstanceClass(instanceClass, engine)
        ? `is not in ${without.join(", ")}`
        : `is not a class of ${engineLabel(engine)}`;
      report(
        ["databases", index, "cluster", "capacity", "instanceClass"],
        `${wrong}; use one that ${places.join(", ")} ${places.length > 1 ? "all have" : "has"}, such as ${use}`,
      );
    });
  },
};

/** Where databases are, now or later. */
function databaseRegions({ home, standby }: BaseEnvironment["regions"], { comes }: EnabledCapabilities): string[] {
  const replicas = comes("globalDatabase") ? standby : [];
  return [home, ...replicas.filter((region) => partitionOf(region) === partitionOf(home))];
}

export const databaseClassRules: readonly Rule[] = [classesAreInTheRegions];
