export * from "./config";
export { followAnId, idPlaceholder, recentErrors, standardQueries } from "./queries";
export * from "./saved-queries";
