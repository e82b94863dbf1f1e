export * from "./first-deployment";
export * from "./promotion";
export * from "./rehearsal";
