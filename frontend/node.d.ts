/** What a test that reads files needs of node; scripts of pages have none of it. */
declare module "node:fs" {
  export function readdirSync(folder: string): string[];
  export function readFileSync(file: string, encoding: "utf-8"): string;
}
declare const process: { env: Record<string, string | undefined> };
