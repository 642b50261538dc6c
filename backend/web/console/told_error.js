// What this page itself found wrong; the message is already in words for people.

export class ToldError extends Error {}
