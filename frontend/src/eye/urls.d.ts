/** What the bundler turns into the address of a file. */
declare module "*?url" {
  const address: string;
  export default address;
}
