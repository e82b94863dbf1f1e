import { ownTagKeys, type Rule } from "../../contract";

/** IAM takes two keys that differ by case only for one, and refuses them in one role. */
const tagsAreTold: Rule = {
  id: "tags-are-told-apart",
  statement: "No tag has a key that the toolkit or another tag has, in whatever case.",
  check({ tags }, report) {
    const taken = new Map(ownTagKeys.map((key) => [key.toLowerCase(), `a tag that the toolkit sets, "${key}"`]));
    for (const key of Object.keys(tags)) {
      const owner = taken.get(key.toLowerCase());
      if (owner) report(["tags", key], `is the key of ${owner}, as case makes no difference; use another key`);
      else taken.set(key.toLowerCase(), `the tag "${key}"`);
    }
  },
};

export const tagRules: readonly Rule[] = [tagsAreTold];
