export * from "./promotion";
export * from "./rehearsal";
