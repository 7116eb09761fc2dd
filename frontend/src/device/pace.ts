/** How fast the clock of what is played runs: as in life, unless a test hurries the page. */
export const PACE = (globalThis as { __pace?: number }).__pace ?? 1;
