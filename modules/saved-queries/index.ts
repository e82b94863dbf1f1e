export * from "./config";
export { containerQueries, followAnId, idPlaceholder, recentErrors, standardQueries } from "./queries";
export * from "./saved-queries";
