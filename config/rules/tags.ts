import { ownTagKeys, type Rule } from "../../contract";
import { secretMark } from "../../modules/core";
import { mostTags } from "../../values/languages";
import { isSecret } from "../../values/secrets";

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

/** @see https://docs.aws.amazon.com/tag-editor/latest/userguide/best-practices-and-strats.html */
const tagsFitAResource: Rule = {
  id: "tags-fit-a-resource",
  statement: "A resource has at most 50 tags, those of the toolkit included.",
  check({ tags }, report) {
    const count = Object.keys(tags).length;
    const most = mostTags - ownTagKeys.length;
    if (count > most) report(["tags"], `are ${count}, but AWS allows ${most} beside those of the toolkit; use fewer`);
  },
};

const tagsAreNoSecrets: Rule = {
  id: "tags-are-no-secrets",
  statement: "No tag is named like a secret: whoever may see a resource sees its tags.",
  check({ tags }, report) {
    for (const [key, value] of Object.entries(tags)) {
      if (isSecret(key, value)) report(["tags", key, secretMark], "looks like a secret; keep it in Secrets Manager");
    }
  },
};

export const tagRules: readonly Rule[] = [tagsAreTold, tagsFitAResource, tagsAreNoSecrets];
