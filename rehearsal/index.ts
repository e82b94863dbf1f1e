export * from "./promotion";
export * from "./rehearsal-error";
export * from "./stack-folders";
export * from "./synthesize";
export * from "./terraform-stack";
