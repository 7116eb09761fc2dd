/** Work that takes long, a piece at a time. */

/** Let the page answer to whoever uses it; what follows is a task of its own. */
export const breath = (): Promise<void> => new Promise((goOn) => setTimeout(goOn));
