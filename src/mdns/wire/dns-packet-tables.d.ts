declare module "dns-packet/types.js" {
  function typeToString(type: number): string;

  export { typeToString as toString };
  export function toType(name: string): number;
}
