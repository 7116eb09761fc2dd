/** Names that no other device gives. */

/** A name for a playing or an answer that no other has; `randomUUID` is not there on every address. */
export const unique = (): string =>
  Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, "0")).join("");
