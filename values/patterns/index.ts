export { type Matcher, matcherOf } from "./matcher";
export { type Translation, translate } from "./translate";
