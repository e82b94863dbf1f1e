export * from "./colours";
export * from "./render-table";
export * from "./screen";
export type * from "./table";
export { longestWord, paragraphs, widthOf } from "./wrap";
