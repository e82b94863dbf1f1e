export * from "./alert-chats";
export * from "./config";
