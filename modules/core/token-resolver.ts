import { DefaultTokenResolver, StringConcat } from "cdktf";

/** What the engine itself resolves tokens of a stack with. */
export const tokenResolver = new DefaultTokenResolver(new StringConcat());
